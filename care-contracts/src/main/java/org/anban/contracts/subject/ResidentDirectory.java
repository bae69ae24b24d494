package org.anban.contracts.subject;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The register of residents and dwellings, as others ask it. Owned by the care platform. Calls block; never call them
 * on an event loop.
 */
public interface ResidentDirectory {
    /** Limits and status; a subject that the register does not know is at home with the default limits. */
    SubjectProfile profile(SubjectId id);

    /**
     * Many at once, also those that the register does not know. An owner with a database answers it with one query:
     * detection asks for every subject that is heard each few seconds.
     */
    default Map<SubjectId, SubjectProfile> profiles(Collection<SubjectId> ids) {
        Map<SubjectId, SubjectProfile> found = new HashMap<>();
        for (SubjectId id : ids) {
            found.put(id, profile(id));
        }
        return found;
    }

    /** Name, area and station; a subject that the register does not know is labelled with its own key. */
    SubjectLabel label(SubjectId id);

    Optional<SubjectFile> file(SubjectId id);

    /**
     * Of many at once; those that the register does not know are left out. An owner with a database answers it with few
     * queries: people wait for it in an outage of thousands.
     */
    default Map<SubjectId, SubjectFile> files(Collection<SubjectId> ids) {
        Map<SubjectId, SubjectFile> found = new HashMap<>();
        for (SubjectId id : ids) {
            file(id).ifPresent(file -> found.put(id, file));
        }
        return found;
    }

    /** Family and neighbours in calling order; for a dwelling, those of everybody who lives there. */
    List<Contact> contacts(SubjectId id);

    /** The station's own line, the manager on duty for an area; empty if there is none. */
    Optional<Contact> stationContact(String station);

    Optional<Contact> dutyManager(String areaPath);

    /** Responders of an area's station, nearest first. */
    List<Responder> responders(String areaPath);

    Optional<Responder> responder(String id);
}
