package org.anban.simulator.scenario;

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
import org.anban.simulator.load.LoadCredential;
import org.anban.simulator.load.LoadSubscriber;
import org.anban.simulator.testing.Demos;
import org.anban.simulator.testing.FakeCare;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScenariosTest {
    private final StringWriter printed = new StringWriter();

    @TempDir
    Path home;

    @Test
    void everyScenarioThatIsAskedForByNameIsThere() {
        assertThat(Scenarios.known())
                .containsOnlyKeys(
                        "sos",
                        "sos-and-cancel",
                        "fall-at-night",
                        "low-battery",
                        "smoke-at-the-couples",
                        "street-blackout");
        assertThatThrownBy(() ->
                        scenarios(URI.create("http://127.0.0.1:1"), 1).play("earthquake", Duration.ofSeconds(1), false))
                .isInstanceOf(SimulatorException.class)
                .hasMessageContaining("no scenario earthquake; there are sos,");
    }

    @Test
    void aSystemThatDoesWhatItMustPasses() throws Exception {
        Verdict verdict = playSos(true);

        assertThat(verdict.passed()).as(printed.toString()).isTrue();
        assertThat(printed.toString())
                .contains("  ok      SOS P0 OPEN of resident:r-1")
                .contains("  ok      a person closed it")
                .contains("scenario sos: PASSED (4 of 4 checks)");
    }

    @Test
    void aSystemWhereTheSecondPressDoesNotJoinFails() throws Exception {
        Verdict verdict = playSos(false);

        assertThat(verdict.passed()).isFalse();
        assertThat(printed.toString())
                .contains("  FAILED  the second press joins the same incident")
                .contains("scenario sos: FAILED (3 of 4 checks)");
    }

    @Test
    void aVerdictWithoutAnyCheckIsNoSuccess() {
        assertThat(new Verdict("nothing", java.util.List.of()).passed()).isFalse();
    }

    private Verdict playSos(boolean joins) throws Exception {
        assumeTrue(Mosquitto.program().isPresent(), "skipped: mosquitto is not installed");
        try (Mosquitto broker = Mosquitto.start();
                LoadSubscriber alarms = LoadSubscriber.connect(
                        "127.0.0.1",
                        broker.port(),
                        LoadCredential.anonymous("alarms"),
                        "care/v1/+/event",
                        Duration.ofSeconds(10));
                FakeCare care = new FakeCare("resident:r-1", joins, alarms::received)) {
            return scenarios(care.url(), broker.port()).play("sos", Duration.ofSeconds(1), false);
        }
    }

    private Scenarios scenarios(URI http, int port) {
        InstantSource time = InstantSource.fixed(Instant.parse("2026-01-05T00:00:00Z"));
        URI mqtt = URI.create("mqtt://127.0.0.1:" + port);
        var demo = Demos.of(http, mqtt, device("b-0", "button", ""), device("b-1", "button", "resident:r-1"));
        return new Scenarios(demo, home, time, new PrintWriter(printed));
    }
}
