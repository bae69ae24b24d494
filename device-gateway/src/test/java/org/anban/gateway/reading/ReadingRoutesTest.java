package org.anban.gateway.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anban.contracts.access.Principal;
import org.anban.contracts.access.Role;
import org.anban.contracts.error.CareException;
import org.anban.contracts.reading.ReadingPoint;
import org.anban.gateway.OneAreaRegister;
import org.anban.kit.http.Audit;
import org.anban.kit.http.Call;
import org.junit.jupiter.api.Test;

/** Who may read a resident's readings, and that every read is recorded. */
class ReadingRoutesTest {
    private static final Instant AT = Instant.parse("2026-01-05T00:00:00Z");
    private static final Principal OPERATOR = person(Role.OPERATOR, "mentougou");
    private static final Principal STRANGER = person(Role.OPERATOR, "haidian");
    private static final Principal DAUGHTER = person(Role.FAMILY);
    private static final Principal RESPONDER = person(Role.RESPONDER, "mentougou");

    private final Records audit = new Records();
    private boolean consent = true;
    private final ReadingRoutes routes = new ReadingRoutes(
            (subject, signal, from, to, limit) -> List.of(new ReadingPoint(AT, 72)),
            new ReadingAccess(new OneAreaRegister(), (family, subject, scope) -> consent, audit));

    @Test
    void staffOfTheAreaReadAndIsRecorded() {
        JsonObject answer = (JsonObject) routes.readings(asking(OPERATOR)).body();
        assertThat(answer.getJsonArray("items").getJsonObject(0).getDouble("value"))
                .isEqualTo(72);
        assertThat(answer.getString("unit")).isEqualTo("beat/min");
        assertThat(audit.lines).containsExactly("p readings.read resident:r-1 heartRate");
    }

    @Test
    void staffOfAnotherAreaAndOthersLearnNothing() {
        assertRefused(STRANGER);
        assertRefused(RESPONDER);
        consent = false;
        assertRefused(DAUGHTER);
        assertThat(audit.lines).isEmpty();
    }

    @Test
    void aFailingAuditClosesAFamilyReadAndNeverAnOperators() {
        assertThat(routes.readings(asking(DAUGHTER)).status()).isEqualTo(200);
        audit.broken = true;
        assertThat(routes.readings(asking(OPERATOR)).status()).isEqualTo(200);
        assertThatThrownBy(() -> routes.readings(asking(DAUGHTER)))
                .isInstanceOfSatisfying(
                        CareException.class, e -> assertThat(e.kind()).isEqualTo(CareException.Kind.UNAVAILABLE));
    }

    @Test
    void nonsenseIsRefusedByName() {
        refused("signal", "mood", "signal");
        refused("from", "yesterday", "from");
        refused("limit", "many", "limit");
    }

    private void refused(String field, String value, String named) {
        Asking call = asking(OPERATOR);
        call.query.put(field, value);
        assertThatThrownBy(() -> routes.readings(call))
                .isInstanceOf(CareException.class)
                .hasMessageContaining(named);
    }

    private void assertRefused(Principal who) {
        assertThatThrownBy(() -> routes.readings(asking(who)))
                .isInstanceOfSatisfying(
                        CareException.class, e -> assertThat(e.kind()).isEqualTo(CareException.Kind.NOT_FOUND));
    }

    private static Principal person(Role role, String... areas) {
        return new Principal("p", "p", "P", Set.of(role), List.of(areas), "s");
    }

    private static Asking asking(Principal who) {
        Map<String, String> query = new HashMap<>();
        query.put("signal", "heartRate");
        query.put("from", "2026-01-04T08:00:00+08:00");
        query.put("to", "2026-01-05T08:00:00+08:00");
        return new Asking(who, query);
    }

    private record Asking(Principal principal, Map<String, String> query) implements Call {
        @Override
        public String path(String name) {
            return "resident:r-1";
        }

        @Override
        public String query(String name) {
            return query.get(name);
        }

        @Override
        public String header(String name) {
            return null;
        }

        @Override
        public JsonObject body() {
            return new JsonObject();
        }

        @Override
        public String rawBody() {
            return "";
        }

        @Override
        public String remoteAddress() {
            return "127.0.0.1";
        }

        @Override
        public String token() {
            return null;
        }
    }

    /** A record of reads that can fail. */
    private static final class Records implements Audit {
        private final List<String> lines = new ArrayList<>();
        private boolean broken;

        @Override
        public void record(Principal who, String action, String subject, String detail) {
            if (broken) {
                throw CareException.unavailable("cannot record", null);
            }
            lines.add(who.personId() + " " + action + " " + subject + " " + detail);
        }

        @Override
        public void recordOrCount(Principal who, String action, String subject, String detail) {
            if (!broken) {
                record(who, action, subject, detail);
            }
        }
    }
}
