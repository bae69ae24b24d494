package org.anban.contracts.incident;

import java.time.Instant;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.event.ReportKind;
import org.anban.contracts.subject.SubjectId;

/**
 * Told of alarms that were received while the log cannot write: they are shown on every connected console as "not
 * stored, phone now". Needs no database and never blocks.
 */
public interface UnstoredAlarms {
    void received(DeviceId device, SubjectId subject, ReportKind kind, Instant receivedAt);
}
