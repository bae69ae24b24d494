package org.anban.gateway.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.anban.contracts.event.Lane;
import org.anban.gateway.GatewayUnderTest;
import org.anban.gateway.source.Quota;
import org.anban.kit.testing.Eventually;
import org.anban.log.EventLog;
import org.anban.log.LogBatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One device asks for more than its share: nobody else waits, and memory does not grow. */
@Timeout(120)
class FairnessTest {
    private static final String SOS = "{\"type\":\"sos\"}";

    private final GatewayUnderTest gateway =
            GatewayUnderTest.start(Duration.ofSeconds(10), new Quota.Limit(1_000_000, 1_000_000));

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void aDeviceThatFloodsAlarmsHoldsUpNoSosOfAnother() throws Exception {
        String loud = gateway.register("loud");
        String calm = gateway.register("calm");
        AtomicBoolean enough = new AtomicBoolean();
        try (RawClient flood = RawClient.connected(gateway.port(), 4, "loud", loud);
                RawClient single = RawClient.connected(gateway.port(), 4, "calm", calm)) {
            Thread sender = sender(flood, enough, new AtomicInteger());
            sender.start();
            Eventually.until("the flood has come", () -> gateway.log().newest(Lane.ALARM) > 20);
            for (int press = 1; press <= 5; press++) {
                long before;
                try (Connection lock = locked("event_log.alarm_batch")) {
                    Eventually.until(
                            "the flood waits", () -> gateway.log().status(Lane.ALARM) == EventLog.Status.STALLED);
                    before = gateway.log().newest(Lane.ALARM);
                    single.send(single.publish("care/v1/calm/event", 1, press, SOS));
                    assertThat(single.isQuiet()).isTrue();
                    lock.rollback();
                }
                assertThat(single.next()).isEqualTo(String.format("40%04x", press));
                assertThat(batchOf("calm", before) - before)
                        .as("the append that was under way, and the next")
                        .isLessThanOrEqualTo(3);
            }
            enough.set(true);
            sender.join(30_000);
        }
    }

    @Test
    void alarmsThatCannotBeWrittenStayInTheNetworkAndNoneIsRefused() throws Exception {
        String loud = gateway.register("loud");
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger sent = new AtomicInteger();
        try (RawClient flood = RawClient.connected(gateway.port(), 4, "loud", loud)) {
            Thread sender = sender(flood, enough, sent);
            try (Connection lock = locked("event_log.alarm_batch")) {
                sender.start();
                Eventually.until(
                        "it cannot be written", () -> gateway.log().status(Lane.ALARM) == EventLog.Status.STALLED);
                int count = -1;
                while (count != sent.get()) { // until the network is full
                    count = sent.get();
                    sender.join(1_000);
                }
                assertThat(gateway.log().backlogBytes(Lane.ALARM)).isLessThan(64 * 1024);
                enough.set(true);
                lock.rollback();
            }
            sender.join(30_000);
            assertThat(sender.isAlive()).isFalse();
            Eventually.until(
                    "every one is logged",
                    () -> gateway.logged(Lane.ALARM, "loud").size() == sent.get());
        }
    }

    @Test
    void whoSubscribesFasterThanThatIsWrittenIsSentAway() throws Exception {
        String key = gateway.register("eager");
        try (RawClient client = RawClient.connected(gateway.port(), 5, "eager", key);
                Connection lock = locked("gateway.mqtt_session")) {
            for (int i = 1; i <= 40; i++) {
                client.send(client.subscribe(i, "care/v1/eager/command"));
            }
            assertThat(client.next()).isEqualTo("e08900");
            lock.rollback();
        }
    }

    @Test
    void whoDoesNotReadOurAnswersIsClosedAndOthersGoOn() throws Exception {
        String deaf = gateway.register("deaf");
        String calm = gateway.register("calm");
        try (RawClient flood = RawClient.connected(gateway.port(), 5, "deaf", deaf);
                RawClient single = RawClient.connected(gateway.port(), 4, "calm", calm)) {
            AtomicBoolean ended = new AtomicBoolean();
            Thread sender = new Thread(() -> {
                byte[] pings = new byte[64 * 1024];
                for (int i = 0; i < pings.length; i += 2) {
                    pings[i] = (byte) 0xC0;
                }
                try {
                    while (true) {
                        flood.send(pings);
                    }
                } catch (IOException e) {
                    ended.set(true);
                }
            });
            sender.setDaemon(true);
            sender.start();
            for (int press = 1; !ended.get() && press < 200; press++) {
                single.send(single.publish("care/v1/calm/event", 1, press, SOS));
                assertThat(single.next()).isEqualTo(String.format("40%04x", press));
                sender.join(200);
            }
            sender.join(30_000);
            assertThat(ended).as("its connection was closed").isTrue();
            single.send(single.publish("care/v1/calm/event", 1, 1000, SOS));
            assertThat(single.next()).isEqualTo("4003e8");
        }
    }

    /** QoS 0, so that only the gateway's own reading holds it up. */
    private static Thread sender(RawClient client, AtomicBoolean enough, AtomicInteger sent) throws IOException {
        byte[] message = client.publish("care/v1/loud/event", 0, 0, SOS + " ".repeat(2_000));
        return new Thread(() -> {
            try {
                while (!enough.get()) {
                    client.send(message);
                    sent.incrementAndGet();
                }
            } catch (IOException e) {
                // the test has ended
            }
        });
    }

    private long batchOf(String device, long after) throws InterruptedException {
        for (long at = after; ; at++) {
            LogBatch batch = gateway.log().next(Lane.ALARM, at, Duration.ofSeconds(30));
            if (batch.entries().stream().anyMatch(e -> e.device().value().equals(device))) {
                return batch.number();
            }
        }
    }

    /** Holds a table against writers until it is rolled back. */
    private Connection locked(String table) throws Exception {
        Connection connection = gateway.database().database().dedicatedConnection("test lock");
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("lock table " + table + " in exclusive mode");
        }
        return connection;
    }
}
