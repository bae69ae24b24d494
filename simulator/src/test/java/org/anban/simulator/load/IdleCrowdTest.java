package org.anban.simulator.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.anban.simulator.broker.Mosquitto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a real broker, which closes who does not ping in one and a half times its keep alive. */
@Timeout(60)
final class IdleCrowdTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int KEEP_ALIVE_SECONDS = 5;

    @Test
    void idleDevicesStayAndVanishedOnesAreMissed() throws Exception {
        List<LoadCredential> who = IntStream.range(0, 40)
                .mapToObj(i -> LoadCredential.anonymous("idle-" + i))
                .toList();
        try (Mosquitto mosquitto = Mosquitto.start();
                IdleCrowd crowd = IdleCrowd.connect(
                        new IdleCrowd.Plan("127.0.0.1", mosquitto.port(), who, KEEP_ALIVE_SECONDS), SOON)) {
            assertThat(crowd.open()).isEqualTo(40);
            crowd.vanish(10);
            long deadline = System.nanoTime() + SOON.toNanos();
            while (mosquittoConnections(mosquitto) > 30 && System.nanoTime() < deadline) {
                LockSupport.parkNanos(50_000_000);
            }
            assertThat(mosquittoConnections(mosquitto)).as("those who ping").isEqualTo(30);
        }
    }

    /** Sockets of the broker's port that are established, as the system tells it. */
    private static long mosquittoConnections(Mosquitto mosquitto) throws Exception {
        String port = String.format(":%04X", mosquitto.port());
        try (var lines = java.nio.file.Files.lines(java.nio.file.Path.of("/proc/net/tcp"))) {
            return lines.map(line -> line.strip().split("\\s+"))
                    .filter(fields -> fields.length > 3 && fields[1].endsWith(port) && fields[3].equals("01"))
                    .count();
        }
    }
}
