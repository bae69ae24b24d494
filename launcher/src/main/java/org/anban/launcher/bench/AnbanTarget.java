package org.anban.launcher.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.anban.simulator.load.LoadCredential;

/** Our own system with its whole chain on: log, reading store, detection. */
final class AnbanTarget implements IngestTarget {
    private final AnbanProcess process;
    private final List<LoadCredential> credentials;

    /** Starts it on a home folder that is made for the benchmark. */
    AnbanTarget(Path home, int devices) throws IOException, InterruptedException {
        this(home, devices, Map.of());
    }

    /** @param environment settings of the process besides its folder and ports */
    AnbanTarget(Path home, int devices, Map<String, String> environment) throws IOException, InterruptedException {
        process = AnbanProcess.start(
                home,
                AnbanProcess.freePort(),
                AnbanProcess.freePort(),
                environment,
                List.of("--load-devices", String.valueOf(devices)));
        credentials = new JsonArray(Files.readString(home.resolve("load-devices.json")))
                .stream()
                        .map(JsonObject.class::cast)
                        .map(d -> new LoadCredential(d.getString("id"), d.getString("key")))
                        .toList();
    }

    AnbanProcess process() {
        return process;
    }

    @Override
    public String name() {
        return "ours";
    }

    @Override
    public int port() {
        return process.mqttPort();
    }

    @Override
    public Duration cpu() {
        return process.cpu().plus(process.databaseCpu());
    }

    @Override
    public List<LoadCredential> credentials() {
        return credentials;
    }

    /** Whatever was acknowledged is committed, so the newest batch covers it: both consumers must have passed it. */
    @Override
    public void awaitDone(long acknowledged, Duration within) throws Exception {
        double newest = process.metric("anban_log_newest{lane=\"telemetry\"}");
        long deadline = System.nanoTime() + within.toNanos();
        while (true) {
            double stored = process.metric("anban_readings_position");
            double evaluated = process.metric("anban_detector_seen{lane=\"telemetry\"}");
            if (stored >= newest && evaluated >= newest) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "batch " + newest + " not reached: stored " + stored + ", evaluated " + evaluated);
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
