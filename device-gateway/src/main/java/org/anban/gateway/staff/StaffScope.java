package org.anban.gateway.staff;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anban.contracts.access.Principal;
import org.anban.contracts.access.Role;
import org.anban.contracts.device.DeviceDirectory;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.error.CareException;
import org.anban.contracts.subject.ResidentDirectory;
import org.anban.contracts.subject.SubjectId;
import org.anban.kit.http.Call;
import org.jspecify.annotations.Nullable;

/**
 * Which devices a member of staff may know of: those that speak for somebody in their areas. What the register does not
 * place is everybody's. Blocks on the registers.
 */
public final class StaffScope {
    private final DeviceDirectory devices;
    private final ResidentDirectory residents;
    private final InstantSource time;

    public StaffScope(DeviceDirectory devices, ResidentDirectory residents, InstantSource time) {
        this.devices = devices;
        this.residents = residents;
        this.time = time;
    }

    /** @throws CareException FORBIDDEN unless staff ask */
    public void requireStaff(Call call) {
        call.require(Role.OPERATOR, Role.SUPERVISOR, Role.DUTY_MANAGER, Role.ADMINISTRATOR);
    }

    /** @throws CareException FORBIDDEN unless staff ask; NOT_FOUND if the device is none of theirs */
    public void require(Call call, String device) {
        requireStaff(call);
        if (!known(call.principal(), List.of(device)).contains(device)) {
            throw CareException.notFound("no such device in your area");
        }
    }

    /** @throws CareException NOT_FOUND if the register knows no such device */
    public DeviceId registered(DeviceId device) {
        if (!devices.findAll(List.of(device)).containsKey(device)) {
            throw CareException.notFound("no such device: " + device);
        }
        return device;
    }

    /** Those among some devices, or names that claim to be devices, which a member of staff may know of. */
    public Set<String> known(Principal who, Collection<String> names) {
        if (isEverywhere(who)) {
            return new HashSet<>(names);
        }
        Map<DeviceId, DeviceProfile> placed = devices.findAll(
                names.stream().filter(DeviceId::isOne).map(DeviceId::new).toList());
        Set<String> known = new HashSet<>(names);
        Map<SubjectId, Boolean> answers = new HashMap<>();
        Instant now = time.instant();
        placed.forEach((id, profile) -> {
            if (!answers.computeIfAbsent(profile.subjectAt(now), subject -> isTheirs(who, subject))) {
                known.remove(id.value());
            }
        });
        return known;
    }

    /**
     * A device that somebody may know of.
     *
     * @param profile null if the register has none of that name
     */
    public record Known(@Nullable DeviceProfile profile, @Nullable SubjectId subject) {
        /** Where it is; empty if nobody knows. Asks the register. */
        public String area(StaffScope scope) {
            return subject == null ? "" : scope.residents.label(subject).areaPath();
        }
    }

    /** The same, with what the register knows of them. */
    public Map<String, Known> look(Principal who, Collection<String> names) {
        Set<String> theirs = known(who, names);
        Map<DeviceId, DeviceProfile> profiles =
                devices.findAll(theirs.stream().map(DeviceId::new).toList());
        Map<String, Known> known = new HashMap<>();
        Instant now = time.instant();
        for (String name : theirs) {
            DeviceProfile profile = profiles.get(new DeviceId(name));
            known.put(name, new Known(profile, profile == null ? null : profile.subjectAt(now)));
        }
        return known;
    }

    /** Whether somebody works in the whole district, so that nothing need be asked. */
    public static boolean isEverywhere(Principal who) {
        return who.areas().contains("");
    }

    private boolean isTheirs(Principal who, SubjectId subject) {
        String area = residents.label(subject).areaPath();
        return area.isEmpty() || who.worksIn(area);
    }
}
