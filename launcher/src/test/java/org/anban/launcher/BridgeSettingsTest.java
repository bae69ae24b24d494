package org.anban.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anban.gateway.bridge.BridgeConfig;
import org.anban.gateway.bridge.Broker;
import org.anban.kit.config.Settings;
import org.anban.kit.config.StartException;
import org.junit.jupiter.api.Test;

class BridgeSettingsTest {
    @Test
    void withoutAUrlThereIsNoBridge() {
        assertThat(BridgeSettings.of(Settings.of(Map.of(), Map.of()))).isNull();
    }

    @Test
    void everySettingArrives() {
        BridgeConfig config = BridgeSettings.of(Settings.of(
                Map.of(
                        "CARE_BRIDGE_URL", "mqtts://a.example:8883, ssl://b.example:8883",
                        "CARE_BRIDGE_USER", "anban",
                        "CARE_BRIDGE_PASSWORD", "secret",
                        "CARE_BRIDGE_TLS_CA", "ca.pem",
                        "CARE_BRIDGE_GROUP", "district-7",
                        "CARE_BRIDGE_SHARED", "no",
                        "CARE_BRIDGE_FILTERS", "zigbee2mqtt/+, x/+/event",
                        "CARE_BRIDGE_ACCOUNT", "hub-1",
                        "CARE_BRIDGE_IN_FLIGHT", "50",
                        "CARE_BRIDGE_SESSION", "2h"),
                Map.of()));

        assertThat(config)
                .isEqualTo(new BridgeConfig(
                        new Broker(
                                List.of("ssl://a.example:8883", "ssl://b.example:8883"),
                                "anban",
                                "secret",
                                new Broker.TlsFiles(Path.of("ca.pem"), null, null)),
                        "district-7",
                        false,
                        List.of("zigbee2mqtt/+", "x/+/event"),
                        "hub-1",
                        new BridgeConfig.Limits(50, Duration.ofHours(2))));
    }

    @Test
    void whatCannotBeMeantEndsTheStartAndIsNamed() {
        assertRefused("CARE_BRIDGE_URL", "broker.example");
        assertRefused("CARE_BRIDGE_URL", "tcp://user:secret@broker.example:1883");
        assertRefused("CARE_BRIDGE_URL", "tcp://broker.example:1883,");
        assertRefused("CARE_BRIDGE_GROUP", "a/b");
        assertRefused("CARE_BRIDGE_FILTERS", "care/v1/#");
        assertRefused("CARE_BRIDGE_FILTERS", "care/v1/+/event,,");
        assertRefused("CARE_BRIDGE_FILTERS", "$SYS/+/event");
        assertRefused("CARE_BRIDGE_TLS_KEY", "only-the-key.pem");
        assertRefused("CARE_BRIDGE_IN_FLIGHT", "0");
        assertRefused("CARE_BRIDGE_ACCOUNT", "not an id");
    }

    private static void assertRefused(String name, String value) {
        Map<String, String> environment = new HashMap<>(Map.of("CARE_BRIDGE_URL", "tcp://broker.example:1883"));
        environment.put(name, value);
        assertThatThrownBy(() -> BridgeSettings.of(Settings.of(environment, Map.of())))
                .as(name + "=" + value)
                .isInstanceOf(StartException.class)
                .hasMessageContaining("CARE_BRIDGE_");
    }
}
