package org.anban.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.anban.contracts.error.CareException;
import org.anban.gateway.bridge.BridgeConfig;
import org.anban.gateway.bridge.Broker;
import org.anban.kit.config.Settings;
import org.anban.kit.config.StartException;
import org.jspecify.annotations.Nullable;

/** The broker that this machine's settings name: {@code CARE_BRIDGE_URL} and what goes with it. */
final class BridgeSettings {
    private BridgeSettings() {}

    /**
     * Null if there is none.
     *
     * @throws StartException if something of it cannot be meant
     */
    static @Nullable BridgeConfig of(Settings settings) {
        List<String> urls = list(settings, "CARE_BRIDGE_URL", List.of());
        if (urls.isEmpty()) {
            return null;
        }
        try {
            return new BridgeConfig(
                    broker(settings, urls),
                    settings.optional("CARE_BRIDGE_GROUP").orElse(BridgeConfig.GROUP),
                    settings.flag("CARE_BRIDGE_SHARED", true),
                    list(settings, "CARE_BRIDGE_FILTERS", BridgeConfig.FILTERS),
                    settings.optional("CARE_BRIDGE_ACCOUNT").orElse(""),
                    limits(settings));
        } catch (CareException e) {
            throw new StartException("CARE_BRIDGE_*: " + e.getMessage(), e);
        }
    }

    private static Broker broker(Settings settings, List<String> urls) {
        return new Broker(
                urls.stream().map(BridgeSettings::asPahoSays).toList(),
                settings.optional("CARE_BRIDGE_USER").orElse(""),
                settings.optional("CARE_BRIDGE_PASSWORD").orElse(""),
                new Broker.TlsFiles(
                        file(settings, "CARE_BRIDGE_TLS_CA"),
                        file(settings, "CARE_BRIDGE_TLS_CERTIFICATE"),
                        file(settings, "CARE_BRIDGE_TLS_KEY")));
    }

    /** {@code mqtt} and {@code mqtts} are what others call {@code tcp} and {@code ssl}. */
    private static String asPahoSays(String url) {
        return url.startsWith("mqtt://")
                ? "tcp" + url.substring(4)
                : url.startsWith("mqtts://") ? "ssl" + url.substring(5) : url;
    }

    private static BridgeConfig.Limits limits(Settings settings) {
        BridgeConfig.Limits usual = BridgeConfig.Limits.DEFAULT;
        Duration session = settings.duration("CARE_BRIDGE_SESSION", usual.session());
        return new BridgeConfig.Limits(settings.integer("CARE_BRIDGE_IN_FLIGHT", usual.inFlight(), 1, 65_535), session);
    }

    private static @Nullable Path file(Settings settings, String name) {
        return settings.optional(name).isPresent() ? settings.path(name, Path.of("")) : null;
    }

    private static List<String> list(Settings settings, String name, List<String> fallback) {
        return settings.optional(name)
                .map(text -> Arrays.asList(text.split("\\s*,\\s*", -1)))
                .orElse(fallback);
    }
}
