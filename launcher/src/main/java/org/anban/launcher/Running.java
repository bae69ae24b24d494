package org.anban.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.anban.alert.AlertConfig;
import org.anban.alert.rule.RuleConfig;
import org.anban.gateway.GatewayConfig;
import org.anban.gateway.mqtt.MqttConfig;
import org.anban.gateway.push.PushConfig;
import org.anban.gateway.source.Quota;
import org.anban.kit.config.StartException;
import org.anban.kit.database.Database;
import org.anban.kit.database.DatabaseConfig;
import org.anban.kit.postgres.EmbeddedPostgres;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The system on its embedded database, or on one that it was given, until a signal ends it. */
final class Running implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Running.class);
    private static final long STOP_SECONDS = 40;
    private static final int EVENT_LOOPS = 2;

    private final AutoCloseable postgres;
    private final AnbanSystem system;

    private Running(AutoCloseable postgres, AnbanSystem system) {
        this.postgres = postgres;
        this.system = system;
    }

    /**
     * Starts the database, then everything on it.
     *
     * @param quota of telemetry by device; null for the usual one
     * @param longestKeepAlive what devices are told that ask for more
     * @throws StartException for whatever the person at the terminal can mend
     */
    static Running start(Place place, Quota.@Nullable Limit quota, Duration longestKeepAlive) {
        place.doors().requireFree();
        DatabaseConfig given = place.database();
        if (given != null) {
            makeHome(place);
            requireAnswer(given);
            return new Running(() -> {}, start(place, given, tuning(place, quota, longestKeepAlive)));
        }
        EmbeddedPostgres postgres = EmbeddedPostgres.start(place.home());
        boolean started = false;
        try {
            Running running =
                    new Running(postgres, start(place, postgres.config(), tuning(place, quota, longestKeepAlive)));
            started = true;
            return running;
        } finally {
            if (!started) {
                postgres.close();
            }
        }
    }

    private static AnbanSystem start(Place place, DatabaseConfig database, AnbanSystem.Tuning tuning) {
        return AnbanSystem.start(new AnbanSystem.Parts(
                database,
                place.doors().host(),
                place.doors().httpPort(),
                place.doors().https(),
                InstantSource.system(),
                tuning));
    }

    private static void requireAnswer(DatabaseConfig given) {
        try (Database database = Database.open(given)) {
            if (database.problem().isPresent()) {
                throw new StartException("the database " + given.url() + " does not answer to " + given.user());
            }
        }
    }

    private static void makeHome(Place place) {
        try {
            Files.createDirectories(place.home());
        } catch (IOException e) {
            throw new StartException("cannot write to " + place.home() + ": " + e.getMessage(), e);
        }
    }

    private static AnbanSystem.Tuning tuning(Place place, Quota.@Nullable Limit quota, Duration longestKeepAlive) {
        GatewayConfig usual = GatewayConfig.local(place.doors().mqttPort());
        AlertConfig alert = AlertConfig.DEFAULT.with(RuleConfig.DEFAULT.withOutages(place.outages()));
        return new AnbanSystem.Tuning(
                new GatewayConfig(
                                new MqttConfig(
                                        place.doors().endpoints(),
                                        place.doors().deviceTls(),
                                        EVENT_LOOPS,
                                        usual.mqtt().limits().withLongestKeepAlive(longestKeepAlive)),
                                usual.intake(),
                                quota == null ? usual.telemetryQuota() : quota)
                        .withPush(new PushConfig(place.home().resolve("push.key")))
                        .with(place.bridge()),
                place.webhook() == null ? alert : alert.with(alert.notices().withWebhook(place.webhook())),
                place.platform());
    }

    AnbanSystem system() {
        return system;
    }

    /** Runs until INT or TERM, then stops {@code first} and after it everything else, in order. */
    void untilSignal(AutoCloseable first) throws InterruptedException {
        CountDownLatch signal = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            signal.countDown();
                            await(stopped);
                        },
                        "care-stop"));
        signal.await();
        try {
            first.close();
        } catch (Exception e) {
            log.warn("the simulator did not stop in order: {}", e.toString());
        }
        close();
        stopped.countDown();
    }

    private static void await(CountDownLatch stopped) {
        try {
            if (!stopped.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                log.warn("not everything stopped within {} s", STOP_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        system.close();
        try {
            postgres.close();
        } catch (Exception e) {
            log.warn("the database did not stop in order: {}", e.toString());
        }
    }
}
