package org.anban.alert.casefile;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;
import org.anban.contracts.subject.Contact;
import org.anban.contracts.subject.Responder;
import org.anban.contracts.subject.SubjectFile;
import org.anban.contracts.subject.SubjectId;
import org.anban.contracts.subject.VitalLimits;
import org.jspecify.annotations.Nullable;

/** What the register says of a subject, as JSON. */
final class FileJson {
    private FileJson() {}

    /**
     * A file.
     *
     * @param limits of each person in it; null if the register does not say
     */
    static JsonObject of(SubjectFile file, Function<SubjectId, @Nullable VitalLimits> limits) {
        JsonObject json = new JsonObject()
                .put("subject", file.label().id().toString())
                .put("name", file.label().name())
                .put("age", file.age())
                .put("address", file.address())
                .put("phone", file.phone())
                .put("status", file.status().name())
                .put("contacts", CaseJson.array(file.contacts(), FileJson::contact))
                .put("riskNotes", new JsonArray(file.riskNotes()))
                .put("occupants", CaseJson.array(file.occupants(), occupant -> of(occupant, limits)));
        SubjectId subject = file.label().id();
        VitalLimits own = subject.kind() == SubjectId.Kind.RESIDENT ? limits.apply(subject) : null;
        return own == null ? json : json.put("limits", limits(own));
    }

    private static JsonObject limits(VitalLimits limits) {
        return new JsonObject()
                .put("heartRateLow", limits.heartRateLow())
                .put("heartRateWatchLow", limits.heartRateWatchLow())
                .put("heartRateWatchHigh", limits.heartRateWatchHigh())
                .put("heartRateHigh", limits.heartRateHigh())
                .put("spo2Low", limits.spo2Low())
                .put("spo2WatchLow", limits.spo2WatchLow());
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
