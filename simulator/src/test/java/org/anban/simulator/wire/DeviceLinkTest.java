package org.anban.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.anban.simulator.SimulatorException;
import org.anban.simulator.broker.Mosquitto;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeviceLinkTest {
    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(2);

    @TempDir
    Path folder;

    @BeforeEach
    void mosquittoIsInstalled() {
        assumeTrue(Mosquitto.program().isPresent(), "skipped: mosquitto is not installed");
    }

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Test
    void whatIsSentIsAcknowledged() throws Exception {
        try (Mosquitto broker = Mosquitto.start();
                DeviceLink link = DeviceLink.open(settings(broker, "w-1", "key"), executor)) {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                all.add(link.send("telemetry", bytes("{\"heartRate\":" + i + "}")));
            }
            for (CompletableFuture<Void> each : all) {
                each.get(20, TimeUnit.SECONDS);
            }
            assertThat(link.backlog()).isZero();
        }
    }

    @Test
    void whatIsSentWhileTheBrokerIsAwayGoesOutWhenItIsBack() throws Exception {
        try (Mosquitto broker = Mosquitto.start();
                DeviceLink link = DeviceLink.open(settings(broker, "w-1", "key"), executor)) {
            link.firstConnect().get(20, TimeUnit.SECONDS);
            CompletableFuture<Void> later;
            broker.restart();
            later = link.send("event", bytes("{}"));
            later.get(30, TimeUnit.SECONDS);
            assertThat(link.connected()).isTrue();
        }
    }

    @Test
    void aWrongKeyIsSaidInWordsAndTheKeyIsNotInThem() throws Exception {
        Path passwords = folder.resolve("passwords");
        Process tool = new ProcessBuilder("mosquitto_passwd", "-b", "-c", passwords.toString(), "w-1", "right").start();
        assumeTrue(tool.waitFor() == 0 && Files.exists(passwords), "skipped: mosquitto_passwd is not installed");
        try (Mosquitto broker = Mosquitto.start(List.of("allow_anonymous false", "password_file " + passwords));
                DeviceLink right = DeviceLink.open(settings(broker, "w-1", "right"), executor);
                DeviceLink wrong = DeviceLink.open(settings(broker, "w-1", "wrong-key"), executor)) {
            assertThatThrownBy(() -> wrong.firstConnect().get(20, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(SimulatorException.class)
                    .hasMessageContaining("refuses w-1: not authorised")
                    .hasMessageNotContaining("wrong-key");
            right.firstConnect().get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void aRefusedMessageFailsWithItsReasonAndTheNextGoesThrough() throws Exception {
        Path rules = Files.writeString(folder.resolve("rules"), "user w-1\ntopic write care/v1/w-1/telemetry\n");
        try (Mosquitto broker = Mosquitto.start(List.of("allow_anonymous true", "acl_file " + rules));
                DeviceLink link = DeviceLink.open(settings(broker, "w-1", "key"), executor)) {
            CompletableFuture<Void> refused = link.send("event", bytes("{}"));
            CompletableFuture<Void> taken = link.send("telemetry", bytes("{}"));

            assertThatThrownBy(() -> refused.get(20, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(SimulatorException.class)
                    .hasMessageContaining("care/v1/w-1/event was refused: not authorised");
            taken.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void aCommandReachesTheDevice() throws Exception {
        var commands = new LinkedBlockingQueue<String>();
        try (Mosquitto broker = Mosquitto.start();
                DeviceLink listening = DeviceLink.open(
                        new LinkSettings(
                                address(broker),
                                "w-1",
                                "key",
                                () -> false,
                                command -> commands.add(new String(command, StandardCharsets.UTF_8))),
                        executor)) {
            listening.firstConnect().get(20, TimeUnit.SECONDS);
            var sender = new PahoConnection(settings(broker, "server", "key"), (connection, code) -> {});
            CompletableFuture<Void> connected = new CompletableFuture<>();
            sender.connect(() -> connected.complete(null), (reason, code) -> connected.cancel(true));
            connected.get(20, TimeUnit.SECONDS);
            sender.publish("care/v1/w-1/command", bytes("{\"id\":\"c-1\"}"), new NoListener());

            assertThat(commands.poll(20, TimeUnit.SECONDS)).isEqualTo("{\"id\":\"c-1\"}");
            sender.close();
        }
    }

    @Test
    void aClosedLinkFailsWhatWasNotAcknowledged() {
        DeviceLink link = DeviceLink.open(LinkSettings.of(URI.create("mqtt://127.0.0.1:1"), "w-1", "key"), executor);
        CompletableFuture<Void> never = link.send("telemetry", bytes("{}"));

        link.close();

        assertThat(never).isCompletedExceptionally();
        assertThat(link.send("telemetry", bytes("{}"))).isCompletedExceptionally();
    }

    @Test
    void waitsGrowToAMinuteAndBeginAnewAfterSuccess() {
        Backoff backoff = new Backoff(new Random(1));
        assertThat(backoff.next().toMillis()).isBetween(500L, 1_000L);
        for (int i = 0; i < 20; i++) {
            assertThat(backoff.next().toMillis()).isBetween(1_000L, 60_000L);
        }
        assertThat(backoff.next().toMillis()).isBetween(30_000L, 60_000L);
        backoff.reset();
        assertThat(backoff.next().toMillis()).isBetween(500L, 1_000L);
    }

    private static LinkSettings settings(Mosquitto broker, String id, String key) {
        return LinkSettings.of(address(broker), id, key);
    }

    private static URI address(Mosquitto broker) {
        return URI.create("mqtt://127.0.0.1:" + broker.port());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static final class NoListener implements org.eclipse.paho.mqttv5.client.MqttActionListener {
        @Override
        public void onSuccess(org.eclipse.paho.mqttv5.client.IMqttToken token) {}

        @Override
        public void onFailure(org.eclipse.paho.mqttv5.client.IMqttToken token, Throwable cause) {}
    }
}
