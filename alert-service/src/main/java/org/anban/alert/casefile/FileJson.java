package org.anban.alert.casefile;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.anban.contracts.subject.Contact;
import org.anban.contracts.subject.Responder;
import org.anban.contracts.subject.SubjectFile;

/** What the register says of a subject, as JSON. */
final class FileJson {
    private FileJson() {}

    static JsonObject of(SubjectFile file) {
        return new JsonObject()
                .put("subject", file.label().id().toString())
                .put("name", file.label().name())
                .put("age", file.age())
                .put("address", file.address())
                .put("phone", file.phone())
                .put("status", file.status().name())
                .put("contacts", CaseJson.array(file.contacts(), FileJson::contact))
                .put("riskNotes", new JsonArray(file.riskNotes()))
                .put("occupants", CaseJson.array(file.occupants(), FileJson::of));
    }

    private static JsonObject contact(Contact contact) {
        return new JsonObject()
                .put("id", contact.id())
                .put("name", contact.name())
                .put("relation", contact.relation())
                .put("phone", contact.phone())
                .put("order", contact.order())
                .put("holdsKey", contact.holdsKey());
    }

    static JsonObject responder(Responder responder) {
        return new JsonObject()
                .put("id", responder.id())
                .put("name", responder.name())
                .put("phone", responder.phone())
                .put("station", responder.station());
    }
}
