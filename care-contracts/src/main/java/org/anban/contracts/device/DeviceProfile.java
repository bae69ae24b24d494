package org.anban.contracts.device;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.anban.contracts.subject.SubjectId;

/**
 * What the stock register knows of a device.
 *
 * @param kind for people and programs: {@code watch}, {@code button}, {@code bed}, {@code smoke}, …
 * @param model the maker's model, the key of topic profiles and false-alarm figures
 * @param countsDown the model asks its wearer and counts down before it reports a fall
 * @param reportInterval the longest time between two messages of a healthy device of this model
 * @param bindings all intervals, which do not overlap, oldest first
 */
public record DeviceProfile(
        DeviceId id, String kind, String model, boolean countsDown, Duration reportInterval, List<Binding> bindings) {
    public DeviceProfile {
        bindings = List.copyOf(bindings);
    }

    /** Whom the device spoke for at an instant; the device itself, as an unbound subject, if it was bound to nobody. */
    public SubjectId subjectAt(Instant at) {
        for (int i = bindings.size() - 1; i >= 0; i--) {
            if (bindings.get(i).covers(at)) {
                return bindings.get(i).subject();
            }
        }
        return SubjectId.unbound(id.value());
    }
}
