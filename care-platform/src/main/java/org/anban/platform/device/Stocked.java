package org.anban.platform.device;

import org.anban.contracts.subject.SubjectId;

/** A device and whom it speaks for now. */
record Stocked(Device device, SubjectId subject) {}
