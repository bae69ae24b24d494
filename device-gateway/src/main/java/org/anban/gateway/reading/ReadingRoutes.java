package org.anban.gateway.reading;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.anban.contracts.access.FamilyAccess;
import org.anban.contracts.access.Principal;
import org.anban.contracts.access.Role;
import org.anban.contracts.error.CareException;
import org.anban.contracts.event.Signal;
import org.anban.contracts.reading.ReadingHistory;
import org.anban.contracts.reading.ReadingPoint;
import org.anban.contracts.subject.SubjectId;
import org.anban.kit.http.Api;
import org.anban.kit.http.Call;
import org.anban.kit.http.Reply;
import org.jspecify.annotations.Nullable;

/** A series, for staff in whose area the subject is and for family with the resident's consent. Every read is recorded. */
final class ReadingRoutes {
    private static final int DEFAULT_LIMIT = 500;
    private static final String ACTION = "readings.read";

    private final ReadingHistory history;
    private final ReadingAccess access;

    ReadingRoutes(ReadingHistory history, ReadingAccess access) {
        this.history = history;
        this.access = access;
    }

    void mount(Api api) {
        api.on("readings", this::readings);
    }

    Reply readings(Call call) {
        SubjectId subject = SubjectId.parse(call.path("subject"));
        Signal signal = Signal.ofWireName(text(call, "signal"))
                .orElseThrow(() -> CareException.invalid("signal: not one that is measured"));
        authorise(call.principal(), subject, signal);
        String limit = call.query("limit");
        JsonArray items = new JsonArray();
        for (ReadingPoint point : history.series(
                subject,
                signal,
                instant(call, "from"),
                instant(call, "to"),
                limit == null ? DEFAULT_LIMIT : number(limit))) {
            items.add(new JsonObject().put("at", point.at().toString()).put("value", point.value()));
        }
        return Reply.ok(new JsonObject()
                .put("items", items)
                .put("signal", signal.wireName())
                .put("unit", signal.unit()));
    }

    private void authorise(Principal who, SubjectId subject, Signal signal) {
        if (who.isStaff()) {
            if (subject.kind() != SubjectId.Kind.UNBOUND
                    && !who.worksIn(access.residents().label(subject).areaPath())) {
                throw CareException.notFound("no such subject in your area");
            }
            access.audit().recordOrCount(who, ACTION, subject.toString(), signal.wireName());
        } else if (who.hasAny(Role.FAMILY) && access.family().mayRead(who, subject, FamilyAccess.Scope.VITALS)) {
            access.audit().record(who, ACTION, subject.toString(), signal.wireName());
        } else {
            throw CareException.notFound("no such subject");
        }
    }

    private static String text(Call call, String name) {
        @Nullable String value = call.query(name);
        if (value == null) {
            throw CareException.invalid(name + ": missing");
        }
        return value;
    }

    private static Instant instant(Call call, String name) {
        try {
            return OffsetDateTime.parse(text(call, name)).toInstant();
        } catch (DateTimeParseException e) {
            throw CareException.invalid(name + ": a time with an offset, 2026-01-05T08:00:00+08:00");
        }
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw CareException.invalid("limit: a whole number");
        }
    }
}
