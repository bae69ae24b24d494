package org.anban.launcher.journey.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.anban.launcher.journey.District;
import org.anban.launcher.journey.PahoDevice;
import org.anban.launcher.journey.PlainSocket;
import org.anban.simulator.load.LoadCredential;
import org.anban.simulator.load.UnrulyCrowd;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Crowds at the door keep no alarm out. */
@Timeout(120)
class CrowdJourneyTest {
    private static final String WATCH = "w-0003";
    private static final String RESIDENT = "resident:r-003";

    private static District district;

    @BeforeAll
    static void start() {
        district = District.open();
    }

    @AfterAll
    static void stop() {
        district.close();
    }

    @Test
    void twoHundredWhoComeAndGoAllTheTimeKeepNoAlarmOut() throws Exception {
        Stream<LoadCredential> known = IntStream.rangeClosed(10, 18)
                .mapToObj(i -> district.device("w-00" + i))
                .map(device -> new LoadCredential(device.id(), device.key()));
        Stream<LoadCredential> strangers =
                IntStream.range(0, 191).mapToObj(i -> new LoadCredential("stranger-" + i, "no key of ours"));
        List<LoadCredential> crowd = Stream.concat(known, strangers).toList();
        int port = district.system().system().mqttPort();
        CompletableFuture<Long> conversations = CompletableFuture.supplyAsync(() -> {
            try {
                return UnrulyCrowd.run("127.0.0.1", port, crowd, Duration.ofSeconds(4));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        district.sos(WATCH, RESIDENT);
        assertThat(conversations.join()).isGreaterThan(crowd.size());
        district.clear();
        district.sos(WATCH, RESIDENT);
        district.clear();
    }

    @Test
    void threeHundredWhoNeverFinishTheirConnectKeepNoAlarmOut() throws Exception {
        PahoDevice slow = district.device("w-0010");
        List<PlainSocket> drips = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                PlainSocket drip = PlainSocket.open(district.system().system().mqttPort(), slow);
                drips.add(drip);
                drip.send(new byte[] {drip.connect()[0]});
            }
            district.sos(WATCH, RESIDENT);
            for (PlainSocket drip : drips) {
                assertThat(drip.next()).isEqualTo("closed");
            }
        } finally {
            for (PlainSocket drip : drips) {
                drip.close();
            }
        }
        district.clear();
    }
}
