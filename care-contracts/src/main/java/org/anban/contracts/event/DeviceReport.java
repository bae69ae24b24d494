package org.anban.contracts.event;

import org.anban.contracts.subject.SubjectId;
import org.jspecify.annotations.Nullable;

/**
 * Something a device reported: an alarm, a bed exit, a flat battery.
 *
 * @param eventId the device's own id of it, or empty
 * @param digest 64 bits of a hash over the payload: the same id with another payload is another event
 * @param duringSubject whom the device was bound to at the time of the event, where that is not its present subject
 */
public record DeviceReport(
        EventTime time, ReportKind kind, String eventId, long digest, @Nullable SubjectId duringSubject)
        implements DeviceEvent {
    @Override
    public Lane lane() {
        return kind.lane();
    }
}
