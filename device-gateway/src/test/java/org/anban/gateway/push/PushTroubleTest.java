package org.anban.gateway.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.event.DeviceReport;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.ReportKind;
import org.anban.gateway.GatewayUnderTest;
import org.anban.kit.testing.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What platforms are told when the log cannot write. */
@Timeout(180)
class PushTroubleTest {
    private static final String SOS =
            "{\"timestamp\":1767572400000,\"messageType\":\"eventReport\",\"serviceId\":\"sos\","
                    + "\"IMEI\":\"862592051651472\",\"eventContent\":{}}";

    private final PushUnderTest push = new PushUnderTest();

    @AfterEach
    void stop() {
        push.close();
    }

    @Test
    void aPushThatCannotBeStoredInTimeIsToBeSentAgainAndIsOneEventThen() throws Exception {
        push.list("slow", "862592051651472", "s-1");
        String token = push.create("slow", "ctwing");
        try (Connection lock = locked("alarm_batch")) {
            long started = System.nanoTime();
            HttpResponse<String> late = push.platform("slow").withToken(token, SOS);
            assertThat(late.statusCode()).isEqualTo(503);
            assertThat(late.headers().firstValue("Retry-After")).isPresent();
            assertThat(System.nanoTime() - started).isGreaterThan(TimeUnit.SECONDS.toNanos(3));
            assertThat(push.gateway().unstored().poll(30, TimeUnit.SECONDS))
                    .as("an operator is told meanwhile")
                    .isEqualTo(new DeviceId("s-1"));
            lock.rollback();
        }
        AtomicInteger pushes = new AtomicInteger(1);
        Eventually.until("written", () -> {
            pushes.incrementAndGet();
            return push.platform("slow").withToken(token, SOS).statusCode() == 200;
        });
        List<DeviceReport> written = push.gateway().logged(Lane.ALARM, "s-1").stream()
                .map(entry -> (DeviceReport) entry.event())
                .toList();
        assertThat(written).as("each push once, and none lost").hasSize(pushes.get());
        DeviceReport first = written.get(0);
        assertThat(first.kind()).isEqualTo(ReportKind.SOS);
        assertThat(first.eventId()).isNotEmpty();
        assertThat(written)
                .as("what is known as a repeat by: its id, its bytes and its time")
                .allMatch(report -> report.eventId().equals(first.eventId())
                        && report.digest() == first.digest()
                        && report.time().at().equals(first.time().at()));
    }

    @Test
    void aPushToWhomeverDoesNotHaveTheLogIsToBeSentAgain() throws Exception {
        push.list("standby", "862592051651472", "s-2");
        String token = push.create("standby", "ctwing");
        push.gateway().log().close();
        assertThat(push.platform("standby").withToken(token, SOS).statusCode()).isEqualTo(503);
    }

    @Test
    void readingsThatWaitKeepNoEventOutAndAnAlarmWithoutRoomIsShown() throws Exception {
        String large = SOS.replace("{}", "{\"x\":\"" + "x".repeat(2_000) + "\"}");
        String reading = "{\"timestamp\":1767572400000,\"messageType\":\"dataReport\",\"IMEI\":\"862592051651472\","
                + "\"payload\":{\"serviceData\":{\"heartRate\":72,\"x\":\"" + "x".repeat(1_000) + "\"}}}";
        try (PushUnderTest narrow = new PushUnderTest(new PushConfig(GatewayUnderTest.keyFile(), 2_000))) {
            narrow.list("narrow", "862592051651472", "n-1");
            String token = narrow.create("narrow", "ctwing");
            assertThat(narrow.platform("narrow").withToken(token, reading).statusCode())
                    .isEqualTo(200);
            try (Connection lock = locked(narrow, "telemetry_batch")) {
                long started = System.nanoTime();
                assertThat(narrow.platform("narrow").withToken(token, reading).statusCode())
                        .as("answered in time, and held until the log has it")
                        .isEqualTo(503);
                assertThat(System.nanoTime() - started).isGreaterThan(TimeUnit.SECONDS.toNanos(3));
                assertThat(narrow.platform("narrow").withToken(token, reading).statusCode())
                        .isEqualTo(503);
                assertThat(narrow.platform("narrow").withToken(token, SOS).statusCode())
                        .as("there is room for an event")
                        .isEqualTo(200);
                assertThat(narrow.platform("narrow").withToken(token, large).statusCode())
                        .isEqualTo(503);
                assertThat(narrow.gateway().unstored().poll(30, TimeUnit.SECONDS))
                        .isEqualTo(new DeviceId("n-1"));
                lock.rollback();
            }
        }
    }

    private Connection locked(String table) throws Exception {
        return locked(push, table);
    }

    private static Connection locked(PushUnderTest push, String table) throws Exception {
        GatewayUnderTest gateway = push.gateway();
        Connection lock = gateway.database().database().dedicatedConnection("test lock");
        lock.setAutoCommit(false);
        try (Statement statement = lock.createStatement()) {
            statement.execute("lock table event_log." + table + " in exclusive mode");
        }
        return lock;
    }
}
