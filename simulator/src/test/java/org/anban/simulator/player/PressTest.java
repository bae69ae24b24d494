package org.anban.simulator.player;

import static org.anban.simulator.testing.Demos.device;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.anban.simulator.SimulatorException;
import org.anban.simulator.broker.Mosquitto;
import org.anban.simulator.demo.DemoDevice;
import org.anban.simulator.load.LoadCredential;
import org.anban.simulator.load.LoadSubscriber;
import org.anban.simulator.testing.Demos;
import org.anban.simulator.testing.FakeCare;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PressTest {
    private static final URI NOWHERE = URI.create("mqtt://127.0.0.1:1");
    private static final URI NO_API = URI.create("http://127.0.0.1:1");
    private static final DemoDevice BUTTON = device("b-1", "button", "resident:r-1");

    private final StringWriter printed = new StringWriter();

    @TempDir
    Path home;

    @Test
    void theAcknowledgementAndTheIncidentArePrinted() throws Exception {
        assumeTrue(Mosquitto.program().isPresent(), "skipped: mosquitto is not installed");
        try (Mosquitto broker = Mosquitto.start();
                LoadSubscriber alarms = listen(broker);
                FakeCare care = new FakeCare("resident:r-1", true, alarms::received)) {
            Press press = press(care.url(), address(broker));

            assertThat(press.press("sos", "b-1")).isTrue();
            assertThat(printed.toString())
                    .contains("sos of b-1 (button, resident:r-1): acknowledged after")
                    .contains("opened SOS P0 OPEN of resident:r-1");

            assertThat(press.press("sos", "b-1")).isTrue();
            assertThat(printed.toString()).contains("joined SOS P0 OPEN");
        }
    }

    @Test
    void anAlarmWithoutAnIncidentIsAFailure() throws Exception {
        assumeTrue(Mosquitto.program().isPresent(), "skipped: mosquitto is not installed");
        try (Mosquitto broker = Mosquitto.start();
                FakeCare care = new FakeCare("resident:r-1", true, () -> 0)) {
            assertThat(press(care.url(), address(broker)).press("sos", "b-1")).isFalse();
            assertThat(printed.toString()).contains("no incident within");
        }
    }

    @Test
    void withoutAnApiTheAcknowledgementIsEnough() {
        assumeTrue(Mosquitto.program().isPresent(), "skipped: mosquitto is not installed");
        try (Mosquitto broker = Mosquitto.start()) {
            assertThat(press(NO_API, address(broker)).press("bed-exit", "b-1")).isTrue();
            assertThat(printed.toString()).contains("cannot be looked up").contains("acknowledged after");
        }
    }

    @Test
    void whatCannotBeDoneIsOneClearLine() {
        Press press = press(NO_API, NOWHERE);

        assertThatThrownBy(() -> press.press("sos", "b-1"))
                .isInstanceOf(SimulatorException.class)
                .hasMessage("nobody answers at mqtt://127.0.0.1:1: is the demo running?");
        assertThatThrownBy(() -> press.press("sos", "b-9")).hasMessageContaining("no device b-9");
        assertThatThrownBy(() -> press.press("SOS!", "b-1")).hasMessageContaining("small letters");
    }

    private static LoadSubscriber listen(Mosquitto broker) throws InterruptedException {
        return LoadSubscriber.connect(
                "127.0.0.1",
                broker.port(),
                LoadCredential.anonymous("alarms"),
                "care/v1/+/event",
                Duration.ofSeconds(10));
    }

    private static URI address(Mosquitto broker) {
        return URI.create("mqtt://127.0.0.1:" + broker.port());
    }

    private Press press(URI http, URI mqtt) {
        InstantSource time = InstantSource.fixed(Instant.parse("2026-01-05T00:00:00Z"));
        return new Press(Demos.of(http, mqtt, BUTTON), home, time, new PrintWriter(printed));
    }
}
