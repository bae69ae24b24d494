package org.anban.gateway.will;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.anban.contracts.device.Binding;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.event.Lane;
import org.anban.contracts.subject.SubjectId;
import org.anban.gateway.presence.PresenceRules;
import org.anban.gateway.presence.Presences;
import org.anban.gateway.session.Opening;
import org.anban.gateway.session.Session;
import org.anban.gateway.session.Sessions;
import org.anban.gateway.source.Quota;
import org.anban.kit.testing.Eventually;
import org.anban.kit.testing.SettableTime;
import org.anban.kit.testing.TestDatabase;
import org.anban.log.LogBatch;
import org.anban.log.postgres.LogLimits;
import org.anban.log.postgres.PostgresEventLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Wills that wait on an event loop whose time stands still. */
@Timeout(120)
class WillsTest {
    private static final Instant NOON = Instant.parse("2026-01-05T04:00:00Z");
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long NOTHING_WAITS = -1;

    /** The longest that MQTT can say: 136 years. */
    private static final long LONGEST = 0xFFFF_FFFFL;

    private final TestDatabase test = TestDatabase.create();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final PostgresEventLog log;
    private final Presences presences;
    private final Sessions sessions;
    private final Session session;
    private final Wills wills;

    WillsTest() {
        test.database().migrate("event_log");
        test.database().migrate("gateway");
        SettableTime time = new SettableTime(NOON);
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        log = PostgresEventLog.open(new PostgresEventLog.Parts(
                test.database()::dedicatedConnection, test.database().dataSource(), time, LogLimits.defaults()));
        presences = Presences.open(new Presences.Parts(test.database(), log, time, PresenceRules.DEFAULT), metrics);
        sessions = Sessions.open(test.database(), time, Quota.Limit.DEFAULT, presences, metrics);
        session = sessions.open(List.of(new Opening(profile(), Map.of(), true, Session.NEVER_EXPIRES)))
                .get("w-1")
                .session();
        wills = new Wills(log, time);
    }

    @BeforeEach
    void stopTime() {
        channel.freezeTime();
    }

    @AfterEach
    void stop() {
        channel.finishAndReleaseAll();
        sessions.close();
        presences.close();
        log.close();
        test.close();
    }

    @Test
    void aWillThatIsDroppedLeavesNothingOnTheLoop() {
        for (int i = 0; i < 3; i++) {
            lose(60);
            wills.back("w-1", true);
        }
        assertThat(channel.runScheduledPendingTasks()).isEqualTo(NOTHING_WAITS);
    }

    @Test
    void aWillTakesThePlaceOfTheOneBefore() {
        lose(60);
        lose(120);
        assertThat(channel.runScheduledPendingTasks()).isEqualTo(TimeUnit.SECONDS.toNanos(120));
        wills.back("w-1", true);
        assertThat(channel.runScheduledPendingTasks()).isEqualTo(NOTHING_WAITS);
    }

    @Test
    void aWillThatIsToldEarlyLeavesNothingOnTheLoop() {
        lose(60);
        wills.back("w-1", false);
        assertThat(channel.runScheduledPendingTasks()).isEqualTo(NOTHING_WAITS);
        Eventually.until("it is told", LIMIT, () -> told() == 1);

        lose(60);
        wills.tellAll();
        assertThat(channel.runScheduledPendingTasks()).isEqualTo(NOTHING_WAITS);
        Eventually.until("it is told", LIMIT, () -> told() == 2);
    }

    @Test
    void noWillWaitsLongerThanAnHour() {
        lose(LONGEST);
        assertThat(channel.runScheduledPendingTasks()).isEqualTo(TimeUnit.HOURS.toNanos(1));
        channel.advanceTimeBy(1, TimeUnit.HOURS);
        assertThat(channel.runScheduledPendingTasks()).isEqualTo(NOTHING_WAITS);
        Eventually.until("it is told", LIMIT, () -> told() == 1);
    }

    private void lose(long delaySeconds) {
        wills.lost(new Wills.Loss(session, session.epoch(), delaySeconds), channel.eventLoop());
    }

    private long told() throws InterruptedException {
        long told = 0;
        long newest = log.newest(Lane.TELEMETRY);
        for (long at = 0; at < newest; at++) {
            LogBatch batch = log.next(Lane.TELEMETRY, at, Duration.ofSeconds(30));
            told += batch == null ? 0 : batch.entries().size();
        }
        return told;
    }

    private static DeviceProfile profile() {
        Binding binding = new Binding(SubjectId.resident("r-1"), Instant.EPOCH, null);
        return new DeviceProfile(new DeviceId("w-1"), "watch", "W1", false, Duration.ofMinutes(5), List.of(binding));
    }
}
