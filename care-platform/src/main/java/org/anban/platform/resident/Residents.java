package org.anban.platform.resident;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.anban.contracts.error.CareException;
import org.anban.contracts.subject.Contact;
import org.anban.contracts.subject.SubjectId;
import org.anban.contracts.subject.SubjectProfile;
import org.anban.contracts.subject.SubjectStatus;
import org.anban.contracts.subject.VitalLimits;
import org.anban.kit.database.Database;
import org.anban.platform.lookup.RecentAnswers;

/** The register of residents, their homes and whom to call for them. Calls block. */
public final class Residents {
    private final Database database;
    private final InstantSource time;
    private final RecentAnswers<SubjectId, SubjectProfile> recent;
    private final ResidentStore store = new ResidentStore();
    private final HomeStore homes = new HomeStore();

    /** @param memory how old an answer to {@link #profile} may be */
    public Residents(Database database, InstantSource time, Duration memory) {
        this.database = database;
        this.time = time;
        this.recent = new RecentAnswers<>(time, memory, 50_000);
    }

    /** Adds a dwelling unless its id is there already. */
    public boolean add(Dwelling dwelling) {
        return database.inTransaction(db -> homes.insert(db, dwelling));
    }

    /** Adds a resident unless the id is there already; the first status begins the history. */
    public boolean add(Resident resident) {
        boolean isNew = database.inTransaction(db -> {
            boolean inserted = store.insert(db, resident);
            if (inserted) {
                store.insertChange(
                        db, resident.id(), new Resident.StatusChange(resident.standing(), time.instant(), null, ""));
            }
            return inserted;
        });
        recent.forget();
        return isNew;
    }

    /** Adds somebody to call, unless the contact's id is there already. */
    public boolean add(String residentId, Contact contact) {
        return database.inTransaction(db -> homes.insert(db, residentId, contact));
    }

    public Optional<Resident> find(String id) {
        return database.inTransaction(db -> store.find(db, id));
    }

    /** By a part of the name, by id, or by the end of the telephone number, in some areas; at most 20. */
    List<SubjectId> search(String words, List<String> areas) {
        return database.inTransaction(db -> store.search(db, words, areas)).stream()
                .map(SubjectId::resident)
                .toList();
    }

    /** Changes where a resident is, and writes down who said so; the same status again only adds to the history. */
    public Resident changeStatus(String id, Resident.Standing standing, String by, String note) {
        if (standing.since().isAfter(time.instant())) {
            throw CareException.invalid("since: lies in the future");
        }
        Resident changed = database.inTransaction(db -> {
            if (store.setStanding(db, id, standing) == 0) {
                throw CareException.notFound("no such resident");
            }
            store.insertChange(db, id, new Resident.StatusChange(standing, time.instant(), by, note));
            return store.find(db, id).orElseThrow();
        });
        recent.forget();
        return changed;
    }

    /** Newest first, at most 100. */
    public List<Resident.StatusChange> statusChanges(String id) {
        return database.inTransaction(db -> store.changes(db, id));
    }

    /** What rules read; asked often, so it may be a few seconds old. */
    SubjectProfile profile(SubjectId id) {
        return recent.get(id, asked -> profiles(List.of(asked)).get(asked));
    }

    /** The same of many, as they are now, with one query for each kind. */
    Map<SubjectId, SubjectProfile> profiles(Collection<SubjectId> ids) {
        Map<SubjectId, SubjectProfile> found = new HashMap<>();
        ids.forEach(id -> found.put(id, new SubjectProfile(id, SubjectStatus.HOME, VitalLimits.DEFAULT)));
        List<String> residents = keys(ids, SubjectId.Kind.RESIDENT);
        List<String> dwellings = keys(ids, SubjectId.Kind.DWELLING);
        database.inTransaction(db -> {
            if (!residents.isEmpty()) {
                store.profiles(db, residents).forEach(profile -> found.put(profile.id(), profile));
            }
            if (!dwellings.isEmpty()) {
                homes.profiles(db, dwellings).forEach(profile -> found.put(profile.id(), profile));
            }
            return true;
        });
        return found;
    }

    private static List<String> keys(Collection<SubjectId> ids, SubjectId.Kind kind) {
        return ids.stream().filter(id -> id.kind() == kind).map(SubjectId::key).toList();
    }

    public Optional<Dwelling> dwelling(String id) {
        return database.inTransaction(db -> homes.find(db, List.of(id))).stream()
                .findFirst();
    }

    /** Who lives in a dwelling now. */
    public List<Resident> occupants(String dwelling) {
        return database.inTransaction(db -> store.occupants(db, List.of(dwelling)));
    }

    List<Contact> contacts(String residentId) {
        return database.inTransaction(db -> homes.contacts(db, List.of(residentId)))
                .getOrDefault(residentId, List.of());
    }

    /**
     * Everything that the files of some residents and homes are made of, with four queries.
     *
     * @param residents ids of residents
     * @param dwellings ids of homes, with all who live there
     */
    Households households(Collection<String> residents, Collection<String> dwellings) {
        return database.inTransaction(db -> {
            List<Resident> asked = store.find(db, residents);
            List<Resident> occupants = store.occupants(db, dwellings);
            Set<String> people = new HashSet<>();
            Set<String> places = new HashSet<>(dwellings);
            Stream.of(asked, occupants).flatMap(List::stream).forEach(resident -> {
                people.add(resident.id());
                String home = resident.dwelling();
                if (home != null) {
                    places.add(home);
                }
            });
            return new Households(asked, occupants, homes.find(db, places), homes.contacts(db, people));
        });
    }
}
