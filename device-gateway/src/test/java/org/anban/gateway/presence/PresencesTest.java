package org.anban.gateway.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.anban.kit.testing.SettableTime;
import org.anban.kit.testing.TestDatabase;
import org.anban.log.postgres.LogLimits;
import org.anban.log.postgres.PostgresEventLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PresencesTest {
    private static final Instant NOON = Instant.parse("2026-01-05T04:00:00Z");

    /** So many that they are not written at once. */
    private static final int MANY = 4_500;

    private final TestDatabase test = TestDatabase.create();
    private final PostgresEventLog log;
    private final Presences presences;

    PresencesTest() {
        test.database().migrate("event_log");
        test.database().migrate("gateway");
        SettableTime time = new SettableTime(NOON);
        log = PostgresEventLog.open(new PostgresEventLog.Parts(
                test.database()::dedicatedConnection, test.database().dataSource(), time, LogLimits.defaults()));
        presences = Presences.open(
                new Presences.Parts(test.database(), log, time, PresenceRules.DEFAULT), new SimpleMeterRegistry());
    }

    @AfterEach
    void stop() {
        presences.close();
        log.close();
        test.close();
    }

    @Test
    void afterAFailedWriteEverybodyIsWrittenAndGoesOnBeingWritten() {
        execute("alter table gateway.presence add constraint refuse check (device <> 'd-0')");
        List<Presence> all = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            Presence presence = new Presence("d-" + i);
            all.add(presence);
            presences.mayBeLost(presence, NOON);
            presences.connected(presence, NOON);
        }
        assertThatThrownBy(() -> presences.all(MANY)).hasMessageContaining("refuse");
        assertThatThrownBy(() -> presences.all(MANY)).as("it is tried again").hasMessageContaining("refuse");

        execute("alter table gateway.presence drop constraint refuse");
        assertThat(presences.all(MANY)).hasSize(MANY).allMatch(row -> row.mayBeLost()
                .equals(new PresenceRow.MayBeLost(1, NOON)));

        all.forEach(presence -> presences.heard(presence, NOON.plusSeconds(60)));
        assertThat(presences.all(MANY)).allMatch(row -> row.heardAt().equals(NOON.plusSeconds(60)));
    }

    private void execute(String sql) {
        test.database().inTransaction(handle -> handle.execute(sql));
    }
}
