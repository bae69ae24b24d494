package org.anban.alert.casefile;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Function;
import org.anban.alert.call.PhoneCall;
import org.anban.alert.casework.CloseNeed;
import org.anban.alert.dispatch.Dispatch;
import org.anban.alert.escalation.LadderView;
import org.anban.alert.incident.IncidentJson;
import org.anban.alert.incident.Standing;
import org.anban.alert.notice.Notice;
import org.anban.alert.signal.SignalStore;
import org.anban.alert.story.StoryEntry;
import org.jspecify.annotations.Nullable;

/** A case as JSON. */
final class CaseJson {
    private CaseJson() {}

    static JsonObject of(CaseRecord record) {
        Standing.Ending ending = record.incident().standing().ending();
        return IncidentJson.row(record.incident())
                .put("disposition", ending == null ? null : ending.disposition())
                .put("story", array(record.story(), CaseJson::entry))
                .put("signals", array(record.signals(), CaseJson::signal))
                .put("dispatches", array(record.work().dispatches(), CaseJson::dispatch))
                .put("calls", array(record.work().calls(), CaseJson::call))
                .put("notices", array(record.work().notices(), CaseJson::notice))
                .put("ladder", array(record.ladder(), CaseJson::step))
                .put("closeNeeds", array(record.closeNeeds(), CloseNeed::en))
                .put("closeNeedsZh", array(record.closeNeeds(), CloseNeed::zh))
                .put("closeNeedCodes", array(record.closeNeeds(), CloseNeed::name))
                .put("otherIncidents", array(record.others(), IncidentJson::row));
    }

    static <T> JsonArray array(Collection<T> items, Function<T, Object> json) {
        JsonArray array = new JsonArray();
        items.forEach(item -> array.add(json.apply(item)));
        return array;
    }

    private static JsonObject entry(StoryEntry entry) {
        JsonObject by = entry.personId() == null
                ? null
                : new JsonObject().put("id", entry.personId()).put("name", entry.personName());
        return new JsonObject()
                .put("at", text(entry.at()))
                .put("kind", entry.kind().name())
                .put("by", by)
                .put("text", entry.text())
                .put("data", entry.data());
    }

    private static JsonObject signal(SignalStore.Heard signal) {
        return new JsonObject()
                .put("id", signal.id())
                .put("at", text(signal.at()))
                .put("receivedAt", text(signal.receivedAt()))
                .put("deviceAt", text(signal.deviceAt()))
                .put("device", signal.device())
                .put("kind", signal.kind())
                .put("text", signal.text())
                .put("late", signal.late());
    }

    private static JsonObject dispatch(Dispatch dispatch) {
        return new JsonObject()
                .put("id", dispatch.id())
                .put("incident", dispatch.incidentId())
                .put(
                        "responder",
                        new JsonObject()
                                .put("id", dispatch.responder().id())
                                .put("name", dispatch.responder().name())
                                .put("phone", dispatch.responder().phone()))
                .put("state", dispatch.state().name())
                .put("startedAt", text(dispatch.createdAt()))
                .put("at", text(dispatch.changedAt()));
    }

    private static JsonObject call(PhoneCall call) {
        return new JsonObject()
                .put("at", text(call.by().at()))
                .put(
                        "by",
                        new JsonObject()
                                .put("id", call.by().personId())
                                .put("name", call.by().name()))
                .put(
                        "to",
                        new JsonObject()
                                .put("kind", call.to().word())
                                .put("contactId", call.contactId())
                                .put("number", call.number()))
                .put("outcome", call.outcome().word())
                .put("text", call.text());
    }

    private static JsonObject notice(Notice notice) {
        return new JsonObject()
                .put("id", notice.id())
                .put("channel", notice.channel())
                .put("purpose", notice.matter().purpose())
                .put("recipient", notice.recipient().name())
                .put("state", notice.progress().state().word())
                .put("attempts", notice.progress().attempts())
                .put("lastAttemptAt", text(notice.progress().lastAttemptAt()))
                .put("receipt", notice.progress().receipt());
    }

    private static JsonObject step(LadderView.Line line) {
        return new JsonObject()
                .put("step", line.step())
                .put("at", text(line.at()))
                .put("state", line.state())
                .put("text", line.text());
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }
}
