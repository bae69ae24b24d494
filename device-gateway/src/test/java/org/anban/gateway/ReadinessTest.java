package org.anban.gateway;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.anban.gateway.mqtt.DeviceSocket;
import org.anban.kit.testing.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a gateway says of itself. */
@Timeout(90)
class ReadinessTest {
    private static final Duration LIMIT = Duration.ofSeconds(6); // the slowest loop takes a turn each 3 s

    private final GatewayUnderTest gateway = GatewayUnderTest.start(Duration.ofSeconds(60));

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void aGatewayThatCanLetNobodyInIsNotReady() throws Exception {
        String key = gateway.register("knocking");
        try (Connection lock = gateway.database().database().dedicatedConnection("test lock");
                Statement statement = lock.createStatement()) {
            lock.setAutoCommit(false);
            statement.execute("lock table gateway.device_key in access exclusive mode");
            DeviceSocket device = DeviceSocket.knocking(gateway.port(), "knocking", key);
            Eventually.until("it says so", Duration.ofSeconds(40), () -> problem()
                    .filter(words -> words.contains("gateway admission"))
                    .isPresent());
            lock.rollback();
            device.close();
        }
        Eventually.until(
                "it is well again", Duration.ofSeconds(40), () -> problem().isEmpty());
    }

    private Optional<String> problem() {
        return gateway.gateway().problem(LIMIT);
    }
}
