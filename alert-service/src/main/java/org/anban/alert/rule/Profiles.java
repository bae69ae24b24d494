package org.anban.alert.rule;

import java.util.Optional;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.subject.SubjectId;
import org.anban.contracts.subject.SubjectProfile;

/** What rules may ask of the registers. Never fails: what cannot be read is what was known last, or the defaults. */
public interface Profiles {
    /** Limits and status as known; quick enough for every reading. */
    SubjectProfile subject(SubjectId id);

    /** Limits and status as they are now; for the moment before a rule speaks. */
    SubjectProfile subjectNow(SubjectId id);

    Optional<DeviceProfile> device(DeviceId id);
}
