package org.anban.simulator.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.anban.simulator.SimulatorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoFileTest {
    private static final String GOOD =
            """
            {"httpUrl":"http://localhost:8080","mqttUrl":"mqtt://localhost:1883",
             "operator":{"username":"op","password":"p1"},"supervisor":{"username":"su","password":"p2"},
             "family":{"username":"fa","password":"p3"},
             "devices":[{"id":"b-1","key":"k","kind":"button","subject":"resident:r-001"},
                        {"id":"b-2","key":"k","kind":"button","subject":null}]}""";

    @TempDir
    Path home;

    @Test
    void theFileOfAStartedDemoIsRead() throws IOException {
        Files.writeString(home.resolve("demo.json"), GOOD);

        DemoFile demo = DemoFile.read(home);

        assertThat(demo.operator()).isEqualTo(new Login("op", "p1"));
        assertThat(demo.mqttUrl()).hasToString("mqtt://localhost:1883");
        assertThat(demo.device("b-1").ofResident()).isTrue();
        assertThat(demo.device("b-2").ofResident()).isFalse();
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
        assertThatThrownBy(() -> DemoFile.read(home))
                .isInstanceOf(SimulatorException.class)
                .hasMessageContaining("start the demo first");

        Files.writeString(home.resolve("demo.json"), GOOD.replace("mqttUrl", "other"));
        assertThatThrownBy(() -> DemoFile.read(home)).hasMessageContaining("mqttUrl is missing");

        Files.writeString(home.resolve("demo.json"), "{");
        assertThatThrownBy(() -> DemoFile.read(home)).hasMessageContaining("is no JSON");
    }

    @Test
    void anUnknownDeviceIsAnsweredWithSomeThatAreKnown() throws IOException {
        Files.writeString(home.resolve("demo.json"), GOOD);

        assertThatThrownBy(() -> DemoFile.read(home).device("x"))
                .isInstanceOf(SimulatorException.class)
                .hasMessageContaining("no device x")
                .hasMessageContaining("b-1");
    }

    @Test
    void secretsAreNotPrinted() throws IOException {
        Files.writeString(home.resolve("demo.json"), GOOD);

        assertThat(DemoFile.read(home).toString()).doesNotContain("p1").doesNotContain("key");
    }

    @Test
    void aLoanIsExclusiveAndEnds() {
        assertThat(DeviceLoan.lent(home, "b-1")).isFalse();
        try (DeviceLoan loan = DeviceLoan.take(home, "b-1")) {
            assertThat(loan).isNotNull();
            assertThat(DeviceLoan.lent(home, "b-1")).isTrue();
            assertThatThrownBy(() -> DeviceLoan.take(home, "b-1")).hasMessageContaining("another command plays b-1");
        }
        assertThat(DeviceLoan.lent(home, "b-1")).isFalse();
    }
}
