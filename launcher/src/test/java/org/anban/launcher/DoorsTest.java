package org.anban.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.anban.gateway.listener.Endpoint;
import org.anban.gateway.listener.Endpoint.Kind;
import org.anban.kit.config.Settings;
import org.anban.kit.config.StartException;
import org.anban.kit.tls.TlsFiles;
import org.junit.jupiter.api.Test;

class DoorsTest {
    private static final Map<String, String> FILES = Map.of("CARE_TLS_CERTIFICATE", "s.pem", "CARE_TLS_KEY", "s.key");

    @Test
    void withoutSettingsThereIsOnePortForDevicesOnThisMachineOnly() {
        Doors doors = doors(Map.of());
        assertThat(doors.endpoints()).containsExactly(new Endpoint(Kind.TCP, "127.0.0.1", 1883));
        assertThat(doors.deviceTls()).isNull();
        assertThat(doors.https()).isNull();
    }

    @Test
    void everyTransportHasAPortAndThoseWithTlsAnAddressOfTheirOwn() {
        Doors doors = doors(with(
                FILES,
                Map.of(
                        "CARE_WS_PORT", "8083",
                        "CARE_MQTTS_PORT", "8883",
                        "CARE_WSS_PORT", "8084",
                        "CARE_HTTPS_PORT", "8443",
                        "CARE_TLS_HOST", "0.0.0.0")));
        assertThat(doors.endpoints())
                .containsExactly(
                        new Endpoint(Kind.TCP, "127.0.0.1", 1883),
                        new Endpoint(Kind.WEBSOCKET, "127.0.0.1", 8083),
                        new Endpoint(Kind.TLS, "0.0.0.0", 8883),
                        new Endpoint(Kind.SECURE_WEBSOCKET, "0.0.0.0", 8084));
        assertThat(doors.https().port()).isEqualTo(8443);
        assertThat(doors.https().host()).isEqualTo("0.0.0.0");
    }

    @Test
    void devicesAreAskedForCertificatesAndBrowsersAreNot() {
        Doors doors = doors(with(
                FILES,
                Map.of(
                        "CARE_MQTTS_PORT", "8883",
                        "CARE_HTTPS_PORT", "8443",
                        "CARE_TLS_CLIENT_CA", "ca.pem",
                        "CARE_TLS_CLIENT_CRL", "crl.pem",
                        "CARE_TLS_CLIENT", "required")));
        assertThat(doors.deviceTls())
                .isEqualTo(new TlsFiles(
                        Path.of("s.pem"),
                        Path.of("s.key"),
                        new TlsFiles.Clients(Path.of("ca.pem"), Path.of("crl.pem"), true)));
        assertThat(doors.https().files().clients()).isNull();
    }

    @Test
    void aPlainPortThatOthersCanReachIsRefusedUnlessItIsAllowed() {
        Map<String, String> open = Map.of("CARE_HOST", "0.0.0.0");
        assertRefused(open, "CARE_MQTT_PLAIN=allow");
        assertRefused(with(open, Map.of("CARE_MQTT_PORT", "0", "CARE_WS_PORT", "8083")), "CARE_WSS_PORT");
        assertRefused(with(open, Map.of("CARE_MQTT_PLAIN", "yes")), "CARE_MQTT_PLAIN=yes");
        assertThat(doors(with(open, Map.of("CARE_MQTT_PLAIN", "allow"))).endpoints())
                .containsExactly(new Endpoint(Kind.TCP, "0.0.0.0", 1883));
        assertThat(doors(with(open, with(FILES, Map.of("CARE_MQTT_PORT", "0", "CARE_MQTTS_PORT", "8883"))))
                        .endpoints())
                .containsExactly(new Endpoint(Kind.TLS, "0.0.0.0", 8883));
        assertThat(doors(Map.of("CARE_HOST", "localhost")).endpoints()).hasSize(1);
    }

    @Test
    void whatIsMissingIsNamed() {
        assertRefused(Map.of("CARE_MQTTS_PORT", "8883"), "CARE_TLS_CERTIFICATE");
        assertRefused(Map.of("CARE_MQTTS_PORT", "8883", "CARE_TLS_CERTIFICATE", "s.pem"), "CARE_TLS_KEY");
        assertRefused(FILES, "CARE_MQTTS_PORT");
        assertRefused(Map.of("CARE_MQTT_PORT", "0"), "CARE_MQTT_PORT");
        Map<String, String> secure = with(FILES, Map.of("CARE_MQTTS_PORT", "8883"));
        assertRefused(with(secure, Map.of("CARE_TLS_CLIENT_CRL", "crl.pem")), "CARE_TLS_CLIENT_CA");
        assertRefused(
                with(secure, Map.of("CARE_TLS_CLIENT_CA", "ca.pem", "CARE_TLS_CLIENT", "maybe")),
                "CARE_TLS_CLIENT=maybe");
    }

    private static void assertRefused(Map<String, String> environment, String words) {
        assertThatThrownBy(() -> doors(environment))
                .isInstanceOf(StartException.class)
                .hasMessageContaining(words);
    }

    private static Doors doors(Map<String, String> environment) {
        return Doors.of(Settings.of(environment, Map.of()));
    }

    private static Map<String, String> with(Map<String, String> some, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }
}
