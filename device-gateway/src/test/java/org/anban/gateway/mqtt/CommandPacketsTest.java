package org.anban.gateway.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.anban.contracts.device.DeviceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands as they go over the wire. */
@Timeout(60)
class CommandPacketsTest {
    @Test
    void aCommandSaysHowLongItMeansSomething() throws Exception {
        try (PacketTables tables = new PacketTables()) {
            tables.gateway()
                    .gateway()
                    .commands()
                    .send(new DeviceId("dev"), new JsonObject().put("type", "find"), Duration.ofHours(1), "staff-1");
            try (RawClient client = RawClient.connected(tables.gateway().port(), 5, "dev", tables.key())) {
                client.send(tables.bytes("82 [ 0007 () $command 01 ]"));
                assertThat(client.next()).isEqualTo("9000070001");
                assertThat(client.next()).startsWith("32").contains("0001" + "05" + "0200000e10");
            }
        }
    }
}
