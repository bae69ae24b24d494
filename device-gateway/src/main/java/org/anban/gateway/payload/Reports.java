package org.anban.gateway.payload;

import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.event.DeviceReport;
import org.anban.contracts.event.EventTime;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.ReportKind;
import org.anban.contracts.subject.SubjectId;

/** Makes what a device reported: an alarm also names whom the device was bound to at its time, if that was another. */
public final class Reports {
    private Reports() {}

    public static DeviceReport of(ReportKind kind, String id, long digest, DeviceProfile device, EventTime time) {
        SubjectId then = device.subjectAt(time.at());
        boolean moved = kind.lane() == Lane.ALARM && !then.equals(device.subjectAt(time.receivedAt()));
        return new DeviceReport(time, kind, id, digest, moved ? then : null);
    }
}
