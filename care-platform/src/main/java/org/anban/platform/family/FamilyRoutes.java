package org.anban.platform.family;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.anban.contracts.access.FamilyAccess.Scope;
import org.anban.contracts.access.Role;
import org.anban.contracts.error.CareException;
import org.anban.contracts.incident.IncidentFeed;
import org.anban.contracts.incident.IncidentSummary;
import org.anban.contracts.reading.ReadingHistory;
import org.anban.contracts.subject.SubjectId;
import org.anban.kit.http.Api;
import org.anban.kit.http.Audit;
import org.anban.kit.http.Call;
import org.anban.kit.http.Reply;
import org.anban.platform.resident.Resident;
import org.anban.platform.resident.Residents;
import org.jspecify.annotations.Nullable;

/**
 * HTTP of the family. Whoever has not consented does not exist here, and nothing is answered that could not be
 * recorded.
 */
public final class FamilyRoutes {
    private static final Duration SHOWN = Duration.ofDays(30);

    private final Families families;
    private final Audit audit;
    private final Supplier<IncidentFeed> incidents;
    private final LifeSigns lifeSigns;
    private final InstantSource time;

    public FamilyRoutes(
            Consents consents,
            Residents residents,
            Audit audit,
            Supplier<IncidentFeed> incidents,
            Supplier<ReadingHistory> readings,
            InstantSource time) {
        this.families = new Families(consents, residents);
        this.audit = audit;
        this.incidents = incidents;
        this.lifeSigns = new LifeSigns(readings);
        this.time = time;
    }

    public void mount(Api api) {
        api.on("listFamilyResidents", this::list)
                .on("getFamilyResident", this::read)
                .on("openConcern", this::concern);
    }

    private Reply list(Call call) {
        call.require(Role.FAMILY);
        JsonArray items = new JsonArray();
        for (Kin kin : families.of(call.principal().personId())) {
            audit.record(
                    call.principal(), "family.resident.listed", subject(kin).toString(), "");
            items.add(json(kin));
        }
        return Reply.items(items);
    }

    private Reply read(Call call) {
        Kin kin = kin(call);
        SubjectId subject = subject(kin);
        audit.record(
                call.principal(),
                "family.resident.read",
                subject.toString(),
                kin.scopes().toString());
        JsonObject body = json(kin);
        Instant now = time.instant();
        JsonArray shown = new JsonArray();
        if (kin.scopes().contains(Scope.ALARMS)) {
            incidents(kin.resident(), now).forEach(i -> shown.add(json(i)));
        }
        List<LifeSigns.Last> signs = kin.scopes().contains(Scope.VITALS) ? lifeSigns.of(subject, now) : List.of();
        JsonArray vitals = new JsonArray();
        signs.forEach(s -> vitals.add(new JsonObject()
                .put("signal", s.signal().wireName())
                .put("unit", s.signal().unit())
                .put("at", s.point().at().toString())
                .put("value", s.point().value())));
        @Nullable
        String lastHeard = signs.stream()
                .map(s -> s.point().at())
                .max(Comparator.naturalOrder())
                .map(Instant::toString)
                .orElse(null);
        return Reply.ok(body.put("incidents", shown).put("vitals", vitals).put("lastHeard", lastHeard));
    }

    private Reply concern(Call call) {
        Kin kin = kin(call);
        if (!kin.scopes().contains(Scope.ALARMS)) {
            throw unknown();
        }
        SubjectId subject = subject(kin);
        audit.record(
                call.principal(),
                "family.concern",
                subject.toString(),
                call.body().getString("commandId"));
        IncidentSummary opened = incidents
                .get()
                .openConcern(
                        subject,
                        call.principal(),
                        call.body().getString("words"),
                        call.body().getString("commandId"));
        return Reply.created(json(opened));
    }

    private Kin kin(Call call) {
        call.require(Role.FAMILY);
        SubjectId asked = SubjectId.parse(call.path("subject"));
        return families.find(call.principal().personId(), asked).orElseThrow(() -> {
            audit.recordOrCount(call.principal(), "family.resident.refused", asked.toString(), "");
            return unknown();
        });
    }

    /** The resident's own, and those of the home: smoke there concerns the family. */
    private List<IncidentSummary> incidents(Resident resident, Instant now) {
        Stream<SubjectId> subjects = resident.dwelling() == null
                ? Stream.of(resident.subject())
                : Stream.of(resident.subject(), SubjectId.dwelling(resident.dwelling()));
        return subjects.flatMap(s -> incidents.get().of(s, now.minus(SHOWN)).stream())
                .sorted(Comparator.comparing(IncidentSummary::openedAt).reversed())
                .toList();
    }

    private static SubjectId subject(Kin kin) {
        return kin.resident().subject();
    }

    private static CareException unknown() {
        return CareException.notFound("no such resident");
    }

    private static JsonObject json(Kin kin) {
        return new JsonObject()
                .put("subject", subject(kin).toString())
                .put("name", kin.resident().details().name())
                .put("status", kin.resident().standing().status().name())
                .put("statusSince", kin.resident().standing().since().toString())
                .put("relation", kin.relation())
                .put(
                        "scopes",
                        new JsonArray(
                                kin.scopes().stream().map(Scope::name).sorted().toList()));
    }

    private static JsonObject json(IncidentSummary i) {
        return new JsonObject()
                .put("id", i.id())
                .put("subject", i.subject().toString())
                .put("kind", i.kind().name())
                .put("priority", i.priority().name())
                .put("state", i.state())
                .put("openedAt", i.openedAt().toString());
    }
}
