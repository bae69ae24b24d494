package org.anban.simulator.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.anban.simulator.broker.Mosquitto;
import org.anban.simulator.load.LoadCredential;
import org.anban.simulator.load.LoadSubscriber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class CommandsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path home;

    @Test
    void withoutADemoThereIsOneClearLineAndExitCodeTwo() {
        assertThat(run(new PressCommand(around()), "sos", "b-1")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("care press: no ")
                .contains("start the demo first")
                .hasLineCount(1);
    }

    @Test
    void aReplayOfTheSampleIsAcknowledgedWholeAndTheDeviceSaysIt() throws Exception {
        assumeTrue(Mosquitto.program().isPresent(), "skipped: mosquitto is not installed");
        try (Mosquitto broker = Mosquitto.start();
                LoadSubscriber listener = LoadSubscriber.connect(
                        "127.0.0.1",
                        broker.port(),
                        LoadCredential.anonymous("listener"),
                        "care/v1/w-1/#",
                        Duration.ofSeconds(10))) {
            demo(broker.port());

            int code = run(new ReplayCommand(around()), "sample:night", "--device", "w-1", "--speed", "100000");

            assertThat(code).as(err.toString()).isZero();
            assertThat(out.toString())
                    .contains("sample, 131 messages over 36000 s, played in at least 3 s")
                    .contains("131 of 131 messages acknowledged, 0 rows unreadable");
            assertThat(listener.awaitReceived(131, Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void aReplayWithUnreadableRowsPlaysTheRestAndSaysSo() throws Exception {
        assumeTrue(Mosquitto.program().isPresent(), "skipped: mosquitto is not installed");
        try (Mosquitto broker = Mosquitto.start()) {
            demo(broker.port());
            Path file = Files.writeString(
                    home.resolve("stay.txt"), "Time,Parameter,Value\n00:00,HR,70\n00:01,HR,x\n00:01,HR,71\n");

            int code = run(
                    new ReplayCommand(around()), file.toString(), "--device", "w-1", "--speed", "600", "--until-now");

            assertThat(code).isEqualTo(1);
            assertThat(err.toString()).contains("care replay: line 3: HR is no number: x");
            assertThat(out.toString()).contains("2 of 2 messages acknowledged, 1 rows unreadable");
        }
    }

    @Test
    void whatCannotBeginIsExitCodeTwo() throws IOException {
        demo(1);

        assertThat(run(new ReplayCommand(around()), "none.csv", "--device", "w-1"))
                .isEqualTo(2);
        assertThat(run(new ReplayCommand(around()), "sample:night", "--device", "w-9"))
                .isEqualTo(2);
        assertThat(run(new ReplayCommand(around()), "sample:night", "--device", "w-1", "--speed", "0"))
                .isEqualTo(2);
        assertThat(run(new ReplayCommand(around()), "sample:night")).isEqualTo(2);
        assertThat(run(new ScenarioCommand(around()), "earthquake")).isEqualTo(2);
        assertThat(run(new SimulateCommand(around()), "--speed", "-1")).isEqualTo(2);
        assertThat(err.toString())
                .contains("care replay: cannot read none.csv")
                .contains("care scenario: no scenario earthquake");
    }

    @Test
    void whatFailsWhilePlayedIsExitCodeOne() throws IOException {
        demo(1);

        assertThat(run(new PressCommand(around()), "sos", "w-1")).isEqualTo(1);
        assertThat(err.toString()).contains("care press: nobody answers at mqtt://127.0.0.1:1");
    }

    @Test
    void scenariosAreListedWithoutADemo() {
        assertThat(run(new ScenarioCommand(around()))).isZero();
        assertThat(out.toString())
                .contains("fall-at-night")
                .contains("low-battery")
                .contains("sos-and-cancel");
    }

    private int run(Object command, String... arguments) {
        return new CommandLine(command)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private Surroundings around() {
        return new Surroundings(home, InstantSource.fixed(Instant.parse("2026-01-05T00:00:00Z")));
    }

    private void demo(int mqttPort) throws IOException {
        Files.writeString(
                home.resolve("demo.json"),
                """
                {"httpUrl":"http://127.0.0.1:1","mqttUrl":"mqtt://127.0.0.1:%d",
                 "operator":{"username":"o","password":"p"},"supervisor":{"username":"s","password":"p"},
                 "family":{"username":"f","password":"p"},
                 "devices":[{"id":"w-1","key":"k","kind":"watch","subject":"resident:r-1"}]}"""
                        .formatted(mqttPort));
    }
}
