package org.anban.alert.scene;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.anban.contracts.access.FamilyAccess;
import org.anban.contracts.access.Principal;
import org.anban.contracts.access.Role;
import org.anban.contracts.access.SessionDirectory;
import org.anban.contracts.device.DeviceDirectory;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.error.CareException;
import org.anban.contracts.subject.Contact;
import org.anban.contracts.subject.ResidentDirectory;
import org.anban.contracts.subject.Responder;
import org.anban.contracts.subject.SubjectFile;
import org.anban.contracts.subject.SubjectId;
import org.anban.contracts.subject.SubjectLabel;
import org.anban.contracts.subject.SubjectProfile;
import org.anban.contracts.subject.SubjectStatus;
import org.anban.contracts.subject.VitalLimits;
import org.anban.kit.http.Audit;
import org.jspecify.annotations.Nullable;

/** The other services' side: a few people in two towns, their logins, consents and the audit, all in memory. */
public final class Neighbourhood implements ResidentDirectory, DeviceDirectory, FamilyAccess, SessionDirectory, Audit {
    public static final SubjectId LI = SubjectId.resident("r-001");
    public static final SubjectId WANG = SubjectId.resident("r-002");
    public static final SubjectId HOME_OF_A_COUPLE = SubjectId.dwelling("d-001");
    public static final Principal ZHAO = staff("op-1", "Zhao", "dayu", Role.OPERATOR);
    public static final Principal QIAN = staff("op-2", "Qian", "dayu", Role.OPERATOR);
    public static final Principal SUN = staff("sup-1", "Sun", "", Role.SUPERVISOR);
    public static final Principal ZHOU = staff("dm-1", "Zhou", "", Role.DUTY_MANAGER);
    public static final Principal FAR_AWAY = staff("op-9", "Wu", "faraway", Role.OPERATOR);
    public static final Principal DAUGHTER =
            new Principal("f-1", "f-1", "Li Na", Set.of(Role.FAMILY), List.of(), "session-f-1");

    private final Map<SubjectId, List<Contact>> contacts = new ConcurrentHashMap<>();
    private final Map<SubjectId, List<String>> notes = new ConcurrentHashMap<>();
    private final Map<String, Principal> sessions = new ConcurrentHashMap<>();
    private final List<String> audited = Collections.synchronizedList(new ArrayList<>());
    private final Set<SubjectId> unknown = ConcurrentHashMap.newKeySet();
    private final Set<SubjectId> strange = ConcurrentHashMap.newKeySet();
    private volatile Duration slow = Duration.ZERO;
    private volatile boolean silent;
    private volatile boolean hanging;
    private volatile boolean profilesBroken;
    private volatile boolean auditBroken;

    public Neighbourhood() {
        contacts.put(
                LI,
                List.of(
                        new Contact("c-0", "", "Li Ming", "resident", "13900000000", 0, false),
                        new Contact("c-1", "f-1", "Li Na", "daughter", "13900000001", 1, true),
                        new Contact("c-2", "", "Chen", "neighbour", "13900000002", 2, true)));
        for (Principal who : List.of(ZHAO, QIAN, SUN, ZHOU, FAR_AWAY, DAUGHTER)) {
            login(who);
        }
    }

    private static Principal staff(String id, String name, String area, Role role) {
        return new Principal(id, id, name, Set.of(role), List.of(area), "session-" + id);
    }

    public void login(Principal who) {
        sessions.put("token-" + who.personId(), who);
    }

    public void logout(Principal who) {
        sessions.remove("token-" + who.personId());
    }

    public void silent(boolean value) {
        silent = value;
    }

    /** The register does not know this one, and fails. */
    public void unknown(SubjectId subject) {
        unknown.add(subject);
    }

    /** The register does not know this one, and says so. */
    public void strange(SubjectId subject) {
        strange.add(subject);
    }

    /** A question about files takes so long, of however many it is. */
    public void slowly(Duration each) {
        slow = each;
    }

    /** From now on it answers no question about files, labels and responders. */
    public void hang() {
        hanging = true;
    }

    public void breakProfiles() {
        profilesBroken = true;
    }

    public void breakAudit() {
        auditBroken = true;
    }

    public void contacts(SubjectId subject, List<Contact> list) {
        contacts.put(subject, list);
    }

    public void notes(SubjectId subject, List<String> riskNotes) {
        notes.put(subject, riskNotes);
    }

    public List<String> audited() {
        return List.copyOf(audited);
    }

    @Override
    public Optional<Principal> authenticate(String token) {
        return Optional.ofNullable(sessions.get(token));
    }

    private void requireWorking() {
        if (silent) {
            throw new IllegalStateException("the register is broken");
        }
        answerOrHang();
    }

    private void answerOrHang() {
        if (hanging) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody waits for the answer", e);
            }
        }
    }

    @Override
    public SubjectProfile profile(SubjectId id) {
        if (profilesBroken) {
            throw new IllegalStateException("the profiles are broken");
        }
        return new SubjectProfile(id, SubjectStatus.HOME, VitalLimits.DEFAULT);
    }

    @Override
    public SubjectLabel label(SubjectId id) {
        requireWorking();
        if (unknown.contains(id)) {
            throw new IllegalStateException("the register does not know " + id);
        }
        return new SubjectLabel(id, "Name of " + id.key(), "dayu/lane-1", "s-1");
    }

    @Override
    public Map<SubjectId, SubjectFile> files(Collection<SubjectId> ids) {
        takeTime();
        Map<SubjectId, SubjectFile> found = new HashMap<>();
        ids.stream().filter(id -> !strange.contains(id)).forEach(id -> found.put(id, known(id)));
        return found;
    }

    @Override
    public Optional<SubjectFile> file(SubjectId id) {
        takeTime();
        return strange.contains(id) ? Optional.empty() : Optional.of(known(id));
    }

    private void takeTime() {
        if (!slow.isZero()) {
            LockSupport.parkNanos(slow.toNanos());
        }
    }

    private SubjectFile known(SubjectId id) {
        List<SubjectFile> occupants = id.equals(HOME_OF_A_COUPLE)
                ? List.of(file(LI).orElseThrow(), file(WANG).orElseThrow())
                : List.of();
        return new SubjectFile(
                label(id),
                SubjectStatus.HOME,
                81,
                "Lane 1",
                "13900000000",
                contacts(id),
                notes.getOrDefault(id, List.of("deaf")),
                occupants);
    }

    @Override
    public List<Contact> contacts(SubjectId id) {
        requireWorking();
        return contacts.getOrDefault(id, List.of());
    }

    @Override
    public Optional<Contact> stationContact(String station) {
        requireWorking();
        return Optional.of(new Contact("station-" + station, "", "Station", "station", "13900000010", 1, true));
    }

    @Override
    public Optional<Contact> dutyManager(String areaPath) {
        requireWorking();
        return Optional.of(new Contact("dm-1", "dm-1", "Zhou", "duty manager", "13900000020", 1, false));
    }

    @Override
    public List<Responder> responders(String areaPath) {
        answerOrHang();
        return List.of(new Responder("p-1", "Feng", "13900000030", "s-1"));
    }

    @Override
    public Optional<Responder> responder(String id) {
        return responders("").stream().filter(r -> r.id().equals(id)).findFirst();
    }

    @Override
    public Optional<DeviceProfile> find(DeviceId id) {
        return Optional.empty();
    }

    @Override
    public Map<DeviceId, DeviceProfile> findAll(java.util.Collection<DeviceId> ids) {
        return new HashMap<>();
    }

    @Override
    public boolean mayRead(Principal family, SubjectId subject, Scope scope) {
        return family.personId().equals("f-1") && subject.equals(LI) && scope == Scope.ALARMS;
    }

    @Override
    public void record(Principal who, String action, @Nullable String subject, String detail) {
        if (auditBroken) {
            throw CareException.unavailable("the audit does not answer", null);
        }
        audited.add(who.personId() + " " + action + " " + subject);
    }

    @Override
    public void recordOrCount(Principal who, String action, @Nullable String subject, String detail) {
        if (!auditBroken) {
            record(who, action, subject, detail);
        }
    }
}
