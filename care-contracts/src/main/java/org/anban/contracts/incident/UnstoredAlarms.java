package org.anban.contracts.incident;

import java.time.Instant;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.event.ReportKind;
import org.anban.contracts.subject.SubjectId;

/**
 * Told of alarms that were received and are not in the log: they are shown on every connected console as "not
 * stored, phone now". Needs no database and never blocks.
 */
public interface UnstoredAlarms {
    void received(DeviceId device, SubjectId subject, ReportKind kind, Instant receivedAt);

    /**
     * Of a device that the register does not know, or that who spoke for it may not name.
     *
     * @param speaker who sent it
     * @param name what the speaker calls the device; empty if it is the speaker itself, or if nobody can say
     * @param subject the speaker's
     */
    default void unlisted(DeviceId speaker, String name, SubjectId subject, ReportKind kind, Instant receivedAt) {
        received(speaker, subject, kind, receivedAt);
    }
}
