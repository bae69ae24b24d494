package org.anban.simulator.district;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.anban.simulator.broker.Mosquitto;
import org.anban.simulator.demo.DemoDevice;
import org.anban.simulator.demo.DemoFile;
import org.anban.simulator.demo.DeviceLoan;
import org.anban.simulator.demo.Login;
import org.anban.simulator.load.LoadCredential;
import org.anban.simulator.load.LoadSubscriber;
import org.anban.simulator.testing.Await;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DistrictTest {
    private static final InstantSource TIME = InstantSource.fixed(Instant.parse("2026-01-05T00:00:00Z"));

    @TempDir
    Path home;

    @Test
    void theDistrictConnectsDeliversItsPastAndReportsAndComesBackAfterTheBrokerDid() throws Exception {
        assumeTrue(Mosquitto.program().isPresent(), "skipped: mosquitto is not installed");
        try (Mosquitto broker = Mosquitto.start();
                LoadSubscriber listener = listen(broker, "listener-1");
                District district = District.start(DistrictPlan.DEFAULT, demo(broker), home, TIME)) {
            Await.until("three devices connected", () -> district.connected() == 3);
            assertThat(listener.awaitReceived(9, Duration.ofSeconds(20)))
                    .as("six packs of the past and a report of each")
                    .isTrue();
            assertThat(district.truth().newest()).hasSizeGreaterThanOrEqualTo(3);

            broker.restart();
            Await.until("all are back", () -> district.connected() == 3);
        }
        assertThat(home.resolve("simulator/last-spoke.json")).exists();
    }

    @Test
    void itStopsCleanlyAlsoWhereThereIsNoBroker() {
        DemoFile demo = demo(URI.create("mqtt://127.0.0.1:1"));
        int before = Thread.activeCount();
        District district = District.start(DistrictPlan.DEFAULT.withoutBackfill(), demo, home, TIME);
        assertThat(district.devices()).isEqualTo(3);
        Await.until("all try to speak", () -> district.truth().newest().size() >= 3);

        district.close();

        Await.until("its threads ended", () -> Thread.activeCount() <= before + 1);
    }

    @Test
    void aDeviceThatACommandPlaysIsLeftAloneUntilTheCommandEnds() {
        assumeTrue(Mosquitto.program().isPresent(), "skipped: mosquitto is not installed");
        DeviceLoan loan = DeviceLoan.take(home, "button-1");
        try (Mosquitto broker = Mosquitto.start();
                District district = District.start(DistrictPlan.DEFAULT.withoutBackfill(), demo(broker), home, TIME)) {
            Await.until("the others connected", () -> district.connected() == 2);
            assertThat(DeviceLoan.lent(home, "button-1")).isTrue();
            loan.close();
            Await.until("the button too", () -> district.connected() == 3);
        }
    }

    private static LoadSubscriber listen(Mosquitto broker, String id) throws InterruptedException {
        return LoadSubscriber.connect(
                "127.0.0.1", broker.port(), LoadCredential.anonymous(id), "care/v1/+/#", Duration.ofSeconds(10));
    }

    private static DemoFile demo(Mosquitto broker) {
        return demo(URI.create("mqtt://127.0.0.1:" + broker.port()));
    }

    private static DemoFile demo(URI mqtt) {
        Login nobody = new Login("nobody", "x");
        return new DemoFile(
                URI.create("http://127.0.0.1:1"),
                mqtt,
                nobody,
                nobody,
                nobody,
                List.of(
                        new DemoDevice("watch-1", "key", "watch", "resident:r-1"),
                        new DemoDevice("button-1", "key", "button", ""),
                        new DemoDevice("smoke-1", "key", "smoke", "dwelling:d-1")));
    }
}
