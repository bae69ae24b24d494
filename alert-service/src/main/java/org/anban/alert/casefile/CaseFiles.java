package org.anban.alert.casefile;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Supplier;
import org.anban.alert.console.Console;
import org.anban.alert.incident.Incident;
import org.anban.alert.incident.IncidentJson;
import org.anban.alert.incident.IncidentState;
import org.anban.alert.register.PatientRegister;
import org.anban.contracts.access.FamilyAccess;
import org.anban.contracts.access.Principal;
import org.anban.contracts.access.Role;
import org.anban.contracts.error.CareException;
import org.anban.contracts.subject.SubjectFile;
import org.anban.contracts.subject.SubjectId;
import org.anban.contracts.subject.VitalLimits;
import org.anban.kit.http.Audit;
import org.jspecify.annotations.Nullable;

/**
 * Who may read what. Staff read what is in their areas, and their read of a case is recorded but never stopped; family
 * reads what the resident has agreed to, and nothing if it cannot be recorded.
 */
public final class CaseFiles {
    private final CaseReading reading;
    private final PatientRegister register;
    private final FamilyAccess family;
    private final Audit audit;

    public CaseFiles(CaseReading reading, PatientRegister register, FamilyAccess family, Audit audit) {
        this.reading = reading;
        this.register = register;
        this.family = family;
        this.audit = audit;
    }

    JsonArray rows(Principal staff, List<IncidentState> states) {
        JsonArray rows = new JsonArray();
        reading.inStates(states, staff.areas()).stream().map(IncidentJson::row).forEach(rows::add);
        return rows;
    }

    /** The case as the caller may see it; what the caller may not know of does not exist. */
    JsonObject read(Principal who, String id) {
        Incident incident = reading.find(id).orElseThrow(CaseFiles::unknown);
        if (Console.maySee(who, incident.label().areaPath())) {
            audit.recordOrCount(who, "incident.read", incident.subject().toString(), id);
            return forStaff(who, id);
        }
        if (who.hasAny(Role.FAMILY) && family.mayRead(who, incident.subject(), FamilyAccess.Scope.ALARMS)) {
            audit.record(who, "incident.read", incident.subject().toString(), id);
            return forFamily(incident);
        }
        throw unknown();
    }

    /**
     * Who is behind an outage of many, as far as they live in the caller's areas; of whom the register says nothing, for
     * whoever may see the incident.
     */
    JsonObject members(Principal staff, String incidentId, int offset, int limit) {
        Incident incident = reading.find(incidentId)
                .filter(found -> Console.maySee(staff, found.label().areaPath()))
                .orElseThrow(CaseFiles::unknown);
        audit.recordOrCount(staff, "incident.members.read", incident.subject().toString(), incidentId);
        List<Membership.Person> people = reading.members(register).of(incidentId).stream()
                .filter(person -> !person.known()
                        || Console.maySee(staff, person.file().label().areaPath()))
                .toList();
        return Membership.page(people, offset, limit);
    }

    JsonArray responders(Principal staff, String incidentId) {
        Incident incident = reading.find(incidentId)
                .filter(found -> Console.maySee(staff, found.label().areaPath()))
                .orElseThrow(CaseFiles::unknown);
        return CaseJson.array(register.inquiry().responders(incident.label().areaPath()), FileJson::responder);
    }

    private JsonObject forStaff(Principal who, String id) {
        CaseRecord record = reading.read(id, who).orElseThrow(CaseFiles::unknown);
        Incident incident = record.incident();
        PatientRegister.Inquiry inquiry = register.inquiry();
        SubjectFile file = unlessSilent(() -> inquiry.file(incident.subject()).orElse(null));
        JsonArray responders = unlessSilent(
                () -> CaseJson.array(inquiry.responders(incident.label().areaPath()), FileJson::responder));
        return CaseJson.of(record)
                .put("file", file == null ? null : FileJson.of(file, person -> limits(inquiry, person)))
                .put("responders", responders == null ? new JsonArray() : responders);
    }

    private static @Nullable VitalLimits limits(PatientRegister.Inquiry inquiry, SubjectId person) {
        return unlessSilent(() -> inquiry.profile(person).limits());
    }

    /** What the resident's family is told of an incident. */
    static JsonObject reduced(Incident incident) {
        JsonObject row = IncidentJson.row(incident);
        JsonObject reduced = new JsonObject();
        for (String shown :
                List.of("id", "state", "kind", "priority", "subject", "name", "openedAt", "eventAt", "delayed")) {
            reduced.put(shown, row.getValue(shown));
        }
        return reduced;
    }

    private JsonObject forFamily(Incident incident) {
        JsonArray story = CaseJson.array(reading.story(incident.id()), entry -> new JsonObject()
                .put("at", entry.at().toString())
                .put("kind", entry.kind().name()));
        return reduced(incident).put("story", story);
    }

    /** A register that does not answer must not keep an operator from the alarm. */
    private static <T> @Nullable T unlessSilent(Supplier<@Nullable T> question) {
        try {
            return question.get();
        } catch (CareException e) {
            if (e.kind() == CareException.Kind.UNAVAILABLE) {
                return null;
            }
            throw e;
        }
    }

    private static CareException unknown() {
        return CareException.notFound("no such incident");
    }
}
