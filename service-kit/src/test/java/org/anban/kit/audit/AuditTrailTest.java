package org.anban.kit.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.anban.contracts.access.Principal;
import org.anban.contracts.access.Role;
import org.anban.contracts.error.CareException;
import org.anban.kit.database.Database;
import org.anban.kit.testing.SettableTime;
import org.anban.kit.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditTrailTest {
    private static final Instant START = Instant.parse("2026-01-05T00:00:00.123Z");
    private static final Principal ADA = new Principal(
            "p-1", "ada", "Ada", Set.of(Role.SUPERVISOR, Role.OPERATOR), List.of("mentougou"), "session-1");

    private final TestDatabase test = TestDatabase.create();
    private final Database database = test.database();
    private final SettableTime time = new SettableTime(START);
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final AuditTrail audit = AuditTrail.open(database, time, metrics);

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void whatWasReadAboutSomebodyIsFoundNewestFirst() {
        audit.record(ADA, "incident.read", "resident:r-001", "incident i-1");
        time.advance(Duration.ofSeconds(5));
        audit.recordOrCount(ADA, "readings.read", "resident:r-001", "heartRate");
        audit.record(ADA, "incident.read", "resident:r-002", "incident i-2");
        audit.record(ADA, "duty.set", null, "on");

        assertThat(audit.findBySubject("resident:r-001"))
                .containsExactly(
                        new AuditEntry(
                                START.plusSeconds(5),
                                "p-1",
                                "session-1",
                                "OPERATOR,SUPERVISOR",
                                "readings.read",
                                "resident:r-001",
                                "heartRate"),
                        new AuditEntry(
                                START,
                                "p-1",
                                "session-1",
                                "OPERATOR,SUPERVISOR",
                                "incident.read",
                                "resident:r-001",
                                "incident i-1"));
        assertThat(audit.findByPerson("p-1")).hasSize(4);
        assertThat(audit.findByPerson("p-2")).isEmpty();
    }

    @Test
    void aReadThatCannotBeAuditedFailsOrIsCountedAsAskedFor() {
        database.inTransaction(handle -> handle.execute("alter table kit.audit rename to gone"));

        assertThatThrownBy(() -> audit.record(ADA, "family.read", "resident:r-001", ""))
                .isInstanceOfSatisfying(
                        CareException.class, e -> assertThat(e.kind()).isEqualTo(CareException.Kind.UNAVAILABLE));
        audit.recordOrCount(ADA, "incident.read", "resident:r-001", "incident i-1");

        assertThat(metrics.counter("anban.audit.lost").count()).isEqualTo(1);
    }

    @Test
    void aDatabaseThatIsGoneIsCountedToo() {
        database.close();

        audit.recordOrCount(ADA, "incident.read", "resident:r-001", "incident i-1");

        assertThat(metrics.counter("anban.audit.lost").count()).isEqualTo(1);
    }

    @Test
    void rowsStayAsTheyAre() {
        audit.record(ADA, "incident.read", "resident:r-001", "incident i-1");

        for (String sql : List.of("delete from kit.audit", "update kit.audit set detail = ''", "truncate kit.audit")) {
            assertThatThrownBy(() -> database.inTransaction(handle -> handle.execute(sql)))
                    .hasMessageContaining("stays as it is");
        }
        assertThat(audit.findBySubject("resident:r-001")).hasSize(1);
    }
}
