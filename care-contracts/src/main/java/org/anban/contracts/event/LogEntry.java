package org.anban.contracts.event;

import org.anban.contracts.device.DeviceId;
import org.anban.contracts.subject.SubjectId;

/**
 * One event in the log.
 *
 * @param subject for readings, whom the device was bound to when they were measured; for an alarm, the present subject
 */
public record LogEntry(DeviceId device, SubjectId subject, DeviceEvent event) {}
