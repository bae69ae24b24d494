package org.anban.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.anban.contracts.device.Binding;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.subject.SubjectId;
import org.anban.gateway.presence.PresenceRules;
import org.anban.gateway.presence.Presences;
import org.anban.gateway.source.Quota;
import org.anban.kit.testing.SettableTime;
import org.anban.kit.testing.TestDatabase;
import org.anban.log.postgres.LogLimits;
import org.anban.log.postgres.PostgresEventLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SessionsTest {
    private static final Instant NOON = Instant.parse("2026-01-05T04:00:00Z");

    private final TestDatabase test = TestDatabase.create();
    private final PostgresEventLog log;
    private final Presences presences;
    private final Sessions sessions;

    SessionsTest() {
        test.database().migrate("event_log");
        test.database().migrate("gateway");
        SettableTime time = new SettableTime(NOON);
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        log = PostgresEventLog.open(new PostgresEventLog.Parts(
                test.database()::dedicatedConnection, test.database().dataSource(), time, LogLimits.defaults()));
        presences = Presences.open(new Presences.Parts(test.database(), log, time, PresenceRules.DEFAULT), metrics);
        sessions = Sessions.open(test.database(), time, Quota.Limit.DEFAULT, presences, metrics);
    }

    @AfterEach
    void stop() {
        sessions.close();
        presences.close();
        log.close();
        test.close();
    }

    @Test
    void whatCouldNotBeWrittenIsWrittenLater() {
        Session session = sessions.open(List.of(new Opening(profile(), Map.of(), true, 300)))
                .get("w-1")
                .session();
        execute("alter table gateway.mqtt_session add constraint refuse check (expiry_seconds < 301)");
        session.expireAfter(900);
        assertThatThrownBy(sessions::close).hasMessageContaining("refuse");

        execute("alter table gateway.mqtt_session drop constraint refuse");
        sessions.close();
        long stored = test.database()
                .inTransaction(handle -> handle.createQuery("select expiry_seconds from gateway.mqtt_session")
                        .mapTo(Long.class)
                        .one());
        assertThat(stored).isEqualTo(900);
    }

    private static DeviceProfile profile() {
        Binding binding = new Binding(SubjectId.resident("r-1"), Instant.EPOCH, null);
        return new DeviceProfile(new DeviceId("w-1"), "watch", "W1", false, Duration.ofMinutes(5), List.of(binding));
    }

    private void execute(String sql) {
        test.database().inTransaction(handle -> handle.execute(sql));
    }
}
