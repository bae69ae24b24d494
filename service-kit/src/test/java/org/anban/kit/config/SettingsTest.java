package org.anban.kit.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private final Settings settings = Settings.of(
            Map.of(
                    "CARE_HTTP_PORT", "8081",
                    "CARE_MQTT_PORT", "1883",
                    "CARE_HOME", " /var/lib/anban ",
                    "CARE_EMPTY", "  ",
                    "CARE_PATIENCE", "15m",
                    "CARE_SIMULATOR", "off",
                    "CARE_ODD", "70000"),
            Map.of("care.mqtt.port", "1884"));

    @Test
    void aPropertyWinsOverTheEnvironmentAndAnEmptyValueIsNone() {
        assertThat(settings.port("CARE_HTTP_PORT", 8080)).isEqualTo(8081);
        assertThat(settings.port("CARE_MQTT_PORT", 0)).isEqualTo(1884);
        assertThat(settings.optional("CARE_EMPTY")).isEmpty();
        assertThat(settings.port("CARE_EMPTY", 7)).isEqualTo(7);
        assertThat(settings.path("CARE_HOME", Path.of("x"))).isEqualTo(Path.of("/var/lib/anban"));
        assertThat(settings.duration("CARE_PATIENCE", Duration.ZERO)).isEqualTo(Duration.ofMinutes(15));
        assertThat(settings.duration("CARE_OTHER", Duration.ofSeconds(3))).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.flag("CARE_SIMULATOR", true)).isFalse();
    }

    @Test
    void whatCannotBeReadIsALineThatNamesTheVariable() {
        assertThatThrownBy(() -> settings.require("CARE_MISSING"))
                .isInstanceOf(StartException.class)
                .hasMessage("CARE_MISSING is not set");
        assertThatThrownBy(() -> settings.port("CARE_ODD", 1))
                .isInstanceOf(StartException.class)
                .hasMessage("CARE_ODD=70000 is not a whole number from 0 to 65535");
        assertThatThrownBy(() -> settings.port("CARE_PATIENCE", 1)).hasMessageContaining("CARE_PATIENCE=15m");
        assertThatThrownBy(() -> settings.duration("CARE_ODD", Duration.ZERO)).hasMessageContaining("CARE_ODD=70000");
        assertThatThrownBy(() -> settings.flag("CARE_ODD", true)).hasMessageContaining("neither true nor false");
    }
}
