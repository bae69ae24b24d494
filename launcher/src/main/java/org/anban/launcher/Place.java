package org.anban.launcher;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.anban.alert.notice.NoticeConfig;
import org.anban.alert.rule.OutageLimits;
import org.anban.contracts.error.CareException;
import org.anban.gateway.bridge.BridgeConfig;
import org.anban.kit.config.Settings;
import org.anban.kit.config.StartException;
import org.anban.kit.database.DatabaseConfig;
import org.anban.platform.PlatformConfig;
import org.anban.platform.origin.Proxies;
import org.jspecify.annotations.Nullable;

/**
 * Where this machine's settings put us.
 *
 * @param home data, keys and the embedded database ({@code CARE_HOME}, default {@code .care})
 * @param doors the ports
 * @param database a PostgreSQL of one's own ({@code CARE_DATABASE_URL}, {@code _USER}, {@code _PASSWORD}), which several
 *     processes may share; null for the embedded one below {@code home}
 * @param outside what others run for us
 */
record Place(Path home, Doors doors, @Nullable DatabaseConfig database, Outside outside) {
    /**
     * What stands between us and the world.
     *
     * @param webhook the provider of calls and messages ({@code CARE_WEBHOOK_URL}, {@code CARE_WEBHOOK_SECRET}), or null
     * @param outages which part of a street, model or network is an outage when it falls silent within how long
     *     ({@code CARE_OUTAGE_PERCENT}, default 20, and {@code CARE_OUTAGE_MINUTES}, default 10)
     * @param proxies reverse proxies in front of the HTTP port ({@code CARE_PROXIES}, addresses with commas between)
     * @param bridge a broker whose devices we hear too ({@code CARE_BRIDGE_URL} and more), or null
     */
    record Outside(
            NoticeConfig.@Nullable Webhook webhook,
            Proxies proxies,
            OutageLimits outages,
            @Nullable BridgeConfig bridge) {}

    private static final Duration WEBHOOK_PATIENCE = Duration.ofSeconds(10);
    private static final Duration DATABASE_PATIENCE = Duration.ofSeconds(5);
    private static final int DATABASE_POOL = 20;

    static Place of(Settings settings) {
        return new Place(
                settings.path("CARE_HOME", Path.of(".care")).toAbsolutePath().normalize(),
                Doors.of(settings),
                settings.optional("CARE_DATABASE_URL")
                        .map(url -> database(url, settings))
                        .orElse(null),
                new Outside(
                        settings.optional("CARE_WEBHOOK_URL")
                                .map(url -> new NoticeConfig.Webhook(
                                        URI.create(url), settings.require("CARE_WEBHOOK_SECRET"), WEBHOOK_PATIENCE))
                                .orElse(null),
                        settings.optional("CARE_PROXIES").map(Place::proxies).orElse(Proxies.NONE),
                        outages(settings),
                        BridgeSettings.of(settings)));
    }

    private static OutageLimits outages(Settings settings) {
        try {
            double percent =
                    Double.parseDouble(settings.optional("CARE_OUTAGE_PERCENT").orElse("20"));
            long minutes =
                    Long.parseLong(settings.optional("CARE_OUTAGE_MINUTES").orElse("10"));
            return OutageLimits.DEFAULT.with(percent / 100, Duration.ofMinutes(minutes));
        } catch (NumberFormatException | CareException e) {
            throw new StartException("CARE_OUTAGE_PERCENT, CARE_OUTAGE_MINUTES: " + e.getMessage(), e);
        }
    }

    private static Proxies proxies(String list) {
        try {
            return new Proxies(Set.of(list.split("\\s*,\\s*")));
        } catch (IllegalArgumentException | CareException e) {
            throw new StartException("CARE_PROXIES: " + e.getMessage(), e);
        }
    }

    private static DatabaseConfig database(String url, Settings settings) {
        try {
            return new DatabaseConfig(
                    url,
                    settings.require("CARE_DATABASE_USER"),
                    settings.require("CARE_DATABASE_PASSWORD"),
                    DATABASE_POOL,
                    DATABASE_PATIENCE);
        } catch (CareException e) {
            throw new StartException("CARE_DATABASE_URL: " + e.getMessage(), e);
        }
    }

    Place with(NoticeConfig.Webhook other) {
        return new Place(
                home, doors, database, new Outside(other, outside.proxies(), outside.outages(), outside.bridge()));
    }

    NoticeConfig.@Nullable Webhook webhook() {
        return outside.webhook();
    }

    OutageLimits outages() {
        return outside.outages();
    }

    @Nullable
    BridgeConfig bridge() {
        return outside.bridge();
    }

    PlatformConfig platform() {
        return PlatformConfig.USUAL.behind(outside.proxies());
    }
}
