package org.anban.platform.resident;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import org.anban.contracts.access.Role;
import org.anban.contracts.error.CareException;
import org.anban.contracts.subject.Contact;
import org.anban.contracts.subject.ResidentDirectory;
import org.anban.contracts.subject.SubjectFile;
import org.anban.contracts.subject.SubjectId;
import org.anban.contracts.subject.SubjectLabel;
import org.anban.contracts.subject.SubjectStatus;
import org.anban.kit.http.Api;
import org.anban.kit.http.Audit;
import org.anban.kit.http.Call;
import org.anban.kit.http.Reply;
import org.jspecify.annotations.Nullable;

/** HTTP of residents' files, for staff who work in the resident's area. Every read and change is recorded. */
public final class ResidentRoutes {
    private final Residents residents;
    private final ResidentDirectory files;
    private final Audit audit;
    private final InstantSource time;

    public ResidentRoutes(Residents residents, ResidentDirectory files, Audit audit, InstantSource time) {
        this.residents = residents;
        this.files = files;
        this.audit = audit;
        this.time = time;
    }

    public void mount(Api api) {
        api.on("searchResidents", this::search)
                .on("getResident", this::read)
                .on("putResidentStatus", this::changeStatus);
    }

    /** What a queue may show of each: no more than is needed to choose the right one. */
    private Reply search(Call call) {
        requireStaff(call);
        String words = Objects.requireNonNullElse(call.query("query"), "").strip();
        JsonArray items = new JsonArray();
        if (!words.isEmpty()) {
            for (SubjectId found : residents.search(words, call.principal().areas())) {
                SubjectLabel label = files.label(found);
                items.add(new JsonObject()
                        .put("subject", found.toString())
                        .put("name", label.name())
                        .put("area", label.areaPath())
                        .put("station", label.station()));
            }
        }
        audit.recordOrCount(call.principal(), "resident.search", null, items.size() + " found");
        return Reply.items(items);
    }

    private Reply read(Call call) {
        SubjectFile file = file(call);
        audit.recordOrCount(call.principal(), "resident.read", file.label().id().toString(), "");
        return Reply.ok(withHistory(file));
    }

    private Reply changeStatus(Call call) {
        SubjectId subject = file(call).label().id();
        JsonObject body = call.body();
        SubjectStatus status = SubjectStatus.valueOf(body.getString("status"));
        Resident.Standing standing = new Resident.Standing(status, since(body));
        audit.record(call.principal(), "resident.status", subject.toString(), status.name());
        residents.changeStatus(subject.key(), standing, call.principal().personId(), body.getString("note", ""));
        return Reply.ok(withHistory(files.file(subject).orElseThrow()));
    }

    /** Somebody who works elsewhere is not told who lives here. */
    private SubjectFile file(Call call) {
        requireStaff(call);
        SubjectId subject = SubjectId.parse(call.path("subject"));
        if (subject.kind() != SubjectId.Kind.RESIDENT) {
            throw CareException.invalid("subject: expected resident:…");
        }
        return files.file(subject)
                .filter(f -> call.principal().worksIn(f.label().areaPath()))
                .orElseThrow(() -> CareException.notFound("no such resident"));
    }

    private static void requireStaff(Call call) {
        call.require(Role.OPERATOR, Role.SUPERVISOR, Role.DUTY_MANAGER);
    }

    private Instant since(JsonObject body) {
        @Nullable String since = body.getString("since");
        if (since == null) {
            return time.instant();
        }
        try {
            return OffsetDateTime.parse(since).toInstant();
        } catch (DateTimeParseException e) {
            throw CareException.invalid("since: a time with an offset, 2026-01-05T08:00:00+08:00");
        }
    }

    private JsonObject withHistory(SubjectFile file) {
        String id = file.label().id().key();
        Resident resident = residents.find(id).orElseThrow();
        JsonArray changes = new JsonArray();
        for (Resident.StatusChange change : residents.statusChanges(id)) {
            changes.add(new JsonObject()
                    .put("status", change.standing().status().name())
                    .put("since", change.standing().since().toString())
                    .put("recordedAt", change.recordedAt().toString())
                    .put("by", change.by())
                    .put("note", change.note()));
        }
        return json(file)
                .put("statusSince", resident.standing().since().toString())
                .put("sex", resident.details().sex().name())
                .put("dwelling", resident.dwelling() == null ? null : "dwelling:" + resident.dwelling())
                .put("statusChanges", changes);
    }

    private static JsonObject json(SubjectFile f) {
        JsonArray contacts = new JsonArray();
        f.contacts().forEach(c -> contacts.add(json(c)));
        return new JsonObject()
                .put("subject", f.label().id().toString())
                .put("name", f.label().name())
                .put("area", f.label().areaPath())
                .put("station", f.label().station())
                .put("status", f.status().name())
                .put("age", f.age() < 0 ? null : f.age())
                .put("address", f.address())
                .put("phone", f.phone())
                .put("contacts", contacts)
                .put("riskNotes", new JsonArray(f.riskNotes()));
    }

    private static JsonObject json(Contact c) {
        return new JsonObject()
                .put("id", c.id())
                .put("name", c.name())
                .put("relation", c.relation())
                .put("phone", c.phone())
                .put("order", c.order())
                .put("holdsKey", c.holdsKey());
    }
}
