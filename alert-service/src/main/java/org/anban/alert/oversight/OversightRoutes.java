package org.anban.alert.oversight;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anban.alert.console.Console;
import org.anban.alert.detection.Detector;
import org.anban.alert.evaluation.Outage;
import org.anban.alert.evaluation.SetAsideEvent;
import org.anban.alert.register.PatientRegister;
import org.anban.contracts.access.Principal;
import org.anban.contracts.access.Role;
import org.anban.contracts.error.CareException;
import org.anban.contracts.subject.SubjectId;
import org.anban.contracts.subject.SubjectLabel;
import org.anban.kit.http.Api;
import org.anban.kit.http.Audit;
import org.anban.kit.http.Call;
import org.anban.kit.http.Reply;

/** What staff must see of our own failures: whom to check after an outage, and what could not be evaluated. */
public final class OversightRoutes {
    private static final Role[] STAFF = {Role.OPERATOR, Role.SUPERVISOR, Role.DUTY_MANAGER};
    private static final int OUTAGES = 10;
    private static final int SET_ASIDE = 200;
    private static final int SET_ASIDE_READ = 2000;

    private final Detector detector;
    private final PatientRegister register;
    private final Audit audit;

    public OversightRoutes(Detector detector, PatientRegister register, Audit audit) {
        this.detector = detector;
        this.register = register;
        this.audit = audit;
    }

    public void mount(Api api) {
        api.on("listOutages", this::outages).on("listNotEvaluated", this::notEvaluated);
    }

    private Reply outages(Call call) {
        call.require(STAFF);
        Principal who = call.principal();
        List<Outage> outages = detector.outages(OUTAGES);
        Map<SubjectId, SubjectLabel> labels = labels(outages.stream()
                .flatMap(outage -> outage.open().stream())
                .map(Outage.Check::subject)
                .toList());
        JsonArray items = new JsonArray();
        for (Outage outage : outages) {
            JsonArray check = new JsonArray();
            outage.open().stream()
                    .filter(one -> Console.maySee(who, area(labels, one.subject())))
                    .forEach(one -> check.add(check(one, labels.get(one.subject()))));
            items.add(new JsonObject()
                    .put("from", outage.from().toString())
                    .put("to", outage.to().toString())
                    .put("check", check));
        }
        audit.recordOrCount(who, "outages.read", null, "");
        return Reply.items(items);
    }

    private static JsonObject check(Outage.Check one, SubjectLabel label) {
        return new JsonObject()
                .put("subject", one.subject().toString())
                .put("name", label.name())
                .put("area", label.areaPath())
                .put("heardBefore", one.heardBefore().toString());
    }

    private Reply notEvaluated(Call call) {
        call.require(STAFF);
        List<SetAsideEvent> events = detector.setAside(SET_ASIDE_READ);
        Map<SubjectId, SubjectLabel> labels = labels(events.stream()
                .filter(event -> !event.subject().isEmpty())
                .map(event -> SubjectId.parse(event.subject()))
                .toList());
        JsonArray items = new JsonArray();
        events.stream()
                .filter(event -> event.subject().isEmpty()
                        || Console.maySee(call.principal(), area(labels, SubjectId.parse(event.subject()))))
                .limit(SET_ASIDE)
                .map(OversightRoutes::json)
                .forEach(items::add);
        return Reply.items(items);
    }

    private static JsonObject json(SetAsideEvent event) {
        return new JsonObject()
                .put("at", event.at().toString())
                .put("lane", event.lane().name())
                .put("batch", event.batch())
                .put("place", event.place())
                .put("rule", event.rule())
                .put("device", event.device())
                .put("subject", event.subject())
                .put("error", event.error());
    }

    /** Of each one; whom the register does not tell in time has no area, and is everybody's to look after. */
    private Map<SubjectId, SubjectLabel> labels(Collection<SubjectId> subjects) {
        PatientRegister.Inquiry inquiry = register.inquiry();
        Map<SubjectId, SubjectLabel> labels = new HashMap<>();
        for (SubjectId subject : subjects) {
            labels.computeIfAbsent(subject, unknown -> label(inquiry, unknown));
        }
        return labels;
    }

    private static SubjectLabel label(PatientRegister.Inquiry inquiry, SubjectId subject) {
        try {
            return inquiry.label(subject);
        } catch (CareException e) {
            return new SubjectLabel(subject, subject.key(), "", "");
        }
    }

    private static String area(Map<SubjectId, SubjectLabel> labels, SubjectId subject) {
        return labels.get(subject).areaPath();
    }
}
