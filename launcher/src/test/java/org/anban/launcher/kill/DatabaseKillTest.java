package org.anban.launcher.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import org.anban.launcher.kill.Acknowledged.Alarm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The database server alone dies, and is started again by the process that watches it; devices stay connected. */
@Timeout(300)
final class DatabaseKillTest {
    private static final int ROUNDS = 3;
    private static final int PATIENCE_MILLIS = 60_000;

    @TempDir
    private Path folder;

    private final Acknowledged acknowledged = new Acknowledged();

    @Test
    void whatWasSentMeanwhileIsAcknowledgedOnTheSameConnectionsAfterItIsBack() throws Exception {
        try (Victim victim = new Victim(folder, Map.of(), List.of("--load-devices", "2"))) {
            victim.start();
            List<Map.Entry<String, String>> devices =
                    List.copyOf(victim.loadDevices().entrySet());
            try (Wire first = connected(victim, devices.get(0));
                    Wire second = connected(victim, devices.get(1))) {
                for (int round = 0; round < ROUNDS; round++) {
                    publish(first, devices.get(0).getKey(), 2 * round + 1);
                    await(first, devices.get(0).getKey(), 2 * round + 1);
                    victim.server().kill();
                    publish(first, devices.get(0).getKey(), 2 * round + 2);
                    publish(second, devices.get(1).getKey(), 2 * round + 2);
                    await(first, devices.get(0).getKey(), 2 * round + 2);
                    await(second, devices.get(1).getKey(), 2 * round + 2);
                }
            }
            try (Connection connection = victim.server().connect()) {
                new Evidence(connection).everythingAcknowledgedIsInTheLog(acknowledged);
            }
            assertThat(acknowledged.alarms()).hasSize(3 * ROUNDS);
        }
    }

    private static Wire connected(Victim victim, Map.Entry<String, String> device) throws IOException {
        Wire wire = Wire.open(victim.mqttPort());
        assertThat(wire.connect(device.getKey(), device.getValue()).code()).isZero();
        return wire;
    }

    private static void publish(Wire wire, String device, int number) throws IOException {
        String alarm = "{\"type\":\"sos\",\"id\":\"e-" + number + "\"}";
        wire.publish("care/v1/" + device + "/event", number, false, alarm.getBytes(StandardCharsets.UTF_8));
    }

    private void await(Wire wire, String device, int number) throws IOException {
        assertThat(wire.acknowledged(PATIENCE_MILLIS)).isEqualTo(number);
        acknowledged.add(new Alarm(device, "sos", "e-" + number));
    }
}
