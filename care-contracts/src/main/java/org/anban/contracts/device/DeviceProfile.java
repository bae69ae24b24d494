package org.anban.contracts.device;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.anban.contracts.subject.SubjectId;
import org.jspecify.annotations.Nullable;

/**
 * What the stock register knows of a device.
 *
 * @param bindings all intervals, which do not overlap, oldest first
 */
public record DeviceProfile(DeviceId id, DeviceModel make, Standing standing, Line line, List<Binding> bindings) {
    public DeviceProfile {
        bindings = List.copyOf(bindings);
    }

    /** A device in use that speaks for itself. */
    public DeviceProfile(
            DeviceId id,
            String kind,
            String model,
            boolean countsDown,
            Duration reportInterval,
            List<Binding> bindings) {
        this(id, new DeviceModel(kind, model, countsDown, reportInterval), Standing.IN_USE, Line.OWN, bindings);
    }

    /** For people and programs: {@code watch}, {@code button}, {@code bed}, {@code smoke}, … */
    public String kind() {
        return make.kind();
    }

    /** The maker's model, the key of false-alarm figures. */
    public String model() {
        return make.name();
    }

    /** The model asks its wearer and counts down before it reports a fall. */
    public boolean countsDown() {
        return make.countsDown();
    }

    /** The longest time between two messages of a healthy device of this model. */
    public Duration reportInterval() {
        return make.reportInterval();
    }

    /** Whether there may be a list of others for whom it speaks. */
    public boolean speaksForOthers() {
        return line.sender() != SenderKind.DEVICE;
    }

    /** The mobile network of its SIM; may be empty. */
    public String carrier() {
        return line.carrier();
    }

    /** The relay or vendor account through which it speaks, or null. */
    public @Nullable DeviceId relay() {
        return line.relay();
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
