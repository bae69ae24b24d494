package org.anban.alert.casework;

import io.vertx.core.json.JsonObject;
import java.util.stream.Stream;
import org.anban.alert.call.PhoneCall;
import org.anban.alert.casework.CommandDesk.Needs;
import org.anban.alert.console.Console;
import org.anban.alert.incident.Incident;
import org.anban.alert.register.PatientRegister;
import org.anban.alert.story.StoryEntry;
import org.anban.alert.story.StoryKind;
import org.anban.contracts.error.CareException;
import org.anban.contracts.subject.SubjectFile;

/** Records the calls that people made. */
public final class CallDesk {
    private final CaseDesk cases;
    private final CaseParts parts;
    private final PatientRegister register;

    public CallDesk(CaseDesk cases, CaseParts parts, PatientRegister register) {
        this.cases = cases;
        this.parts = parts;
        this.register = register;
    }

    /** A call was made. A contact is one of the file's, as far as the register can say. */
    public JsonObject call(Request request, PhoneCall call) {
        if (call.to() == PhoneCall.Party.CONTACT) {
            requireContact(request, call.contactId() == null ? "" : call.contactId());
        }
        return cases.commands().perform(request, "call", Needs.SEEN, (tx, incident, now) -> {
            CaseDesk.requireOpen(incident);
            parts.calls().add(tx, incident.id(), incident.caseId(), call);
            JsonObject data = new JsonObject()
                    .put("to", call.to().word())
                    .put("contactId", call.contactId())
                    .put("outcome", call.outcome().word());
            String text = "call to " + call.to().word() + ": " + call.outcome().word()
                    + (call.text().isBlank() ? "" : " · " + call.text());
            parts.records()
                    .story()
                    .add(tx, StoryEntry.byPerson(incident.id(), now, StoryKind.CALL, request.who(), text, data));
            return cases.recorded(tx, incident, request, now);
        });
    }

    private void requireContact(Request request, String contactId) {
        if (contactId.isBlank()) {
            throw CareException.invalid("contactId: which contact");
        }
        Incident incident = parts.database()
                .inTransaction(tx -> parts.records().incidents().find(tx, request.incidentId()))
                .filter(found -> Console.maySee(request.who(), found.label().areaPath()))
                .orElseThrow(() -> CareException.notFound("no such incident"));
        if (!mayBeContact(incident, contactId)) {
            throw CareException.invalid("contactId: no such contact in the file");
        }
    }

    /** A register that does not answer keeps nobody from recording a call. */
    private boolean mayBeContact(Incident incident, String contactId) {
        try {
            return register.file(incident.subject()).stream()
                    .flatMap(file -> Stream.concat(Stream.of(file), file.occupants().stream()))
                    .map(SubjectFile::contacts)
                    .anyMatch(contacts ->
                            contacts.stream().anyMatch(one -> one.id().equals(contactId)));
        } catch (CareException e) {
            return true;
        }
    }
}
