package org.anban.gateway.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.anban.contracts.device.Binding;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.event.Lane;
import org.anban.contracts.subject.SubjectId;
import org.anban.gateway.inlet.InletLimits;
import org.anban.gateway.inlet.InletUnderTest;
import org.anban.gateway.payload.Address;
import org.anban.gateway.payload.Topic;
import org.anban.gateway.source.Quota;
import org.anban.gateway.vocabulary.OurMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is pushed while the inlet has no room. */
@Timeout(120)
class CourierTest {
    private static final int ROOM = 10;
    private static final OurMessage READING = new OurMessage(Topic.TELEMETRY, "[{\"n\":\"heartRate\",\"v\":72}]");
    private static final OurMessage SOS = new OurMessage(Topic.EVENT, "{\"id\":\"e-1\",\"type\":\"sos\"}");

    private final InletUnderTest test =
            new InletUnderTest(new Quota.Limit(1_000, 1_000), new InletLimits(ROOM, 1 << 20));
    private final BlockingQueue<DeviceId> unstored = new LinkedBlockingQueue<>();
    private final Courier courier = new Courier(
            test.inlet(), new RefusedAlarms((device, subject, kind, at) -> unstored.add(device), test.time()));

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void aMessageForWhichThereIsNoRoomIsBroughtAgain() throws Exception {
        test.register("w-1");
        CompletableFuture<Delivery.Outcome> outcome;
        try (Connection lock = test.locked("telemetry_batch")) {
            fill(READING, ROOM);
            outcome = brought(READING, new Delivery());
            assertThat(outcome).isNotDone();
            lock.rollback();
        }
        assertThat(outcome.get(60, TimeUnit.SECONDS)).isEqualTo(Delivery.Outcome.DONE);
        assertThat(test.logged(Lane.TELEMETRY)).hasSize(ROOM + 1);
        assertThat(unstored).isEmpty();
    }

    @Test
    void anAlarmThatFindsNoRoomIsShownAndIsToComeAgainWhenThePlatformWaitsNoLonger() throws Exception {
        test.register("w-1");
        try (Connection lock = test.locked("alarm_batch")) {
            fill(SOS, 2 * ROOM);
            Delivery delivery = new Delivery();
            CompletableFuture<Delivery.Outcome> outcome = brought(SOS, delivery);
            assertThat(unstored.poll(60, TimeUnit.SECONDS)).isEqualTo(new DeviceId("w-1"));
            assertThat(outcome).isNotDone();
            delivery.tooLate();
            assertThat(outcome.get(60, TimeUnit.SECONDS)).isEqualTo(Delivery.Outcome.AGAIN);
            assertThat(unstored).as("told once").isEmpty();
            lock.rollback();
        }
    }

    private void fill(OurMessage message, int count) {
        byte[] payload = message.payload().getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < count; i++) {
            test.inlet().take("w-1", Address.ofSender(message.channel()), payload, answer -> {});
        }
    }

    private CompletableFuture<Delivery.Outcome> brought(OurMessage message, Delivery delivery) {
        Binding binding = new Binding(SubjectId.resident("r-w-1"), Instant.EPOCH, null);
        DeviceProfile device =
                new DeviceProfile(new DeviceId("w-1"), "watch", "W1", false, Duration.ofMinutes(5), List.of(binding));
        courier.bring(new Courier.Parcel("w-1", "", device, message), delivery);
        return delivery.outcome();
    }
}
