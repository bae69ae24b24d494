package org.anban.launcher.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.anban.simulator.broker.Mosquitto;
import org.anban.simulator.load.LoadBudget;
import org.anban.simulator.load.LoadClient;
import org.anban.simulator.load.LoadPlan;
import org.anban.simulator.load.LoadResult;
import org.anban.simulator.load.LoadShape;
import org.anban.simulator.payload.BenchPayloads;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./care bench ingest}: acknowledged, stored and evaluated messages a second, beside a broker that stores nothing. */
@Command(name = "ingest", description = "QoS 1 messages a second through the whole chain, beside Mosquitto")
final class IngestBench implements Callable<Integer> {
    private static final Duration DRAIN = Duration.ofSeconds(60);

    @Option(names = "--rounds", description = "counted rounds of each side (default: ${DEFAULT-VALUE})")
    private int rounds = 3;

    @Option(names = "--seconds", description = "length of a round (default: ${DEFAULT-VALUE})")
    private int seconds = 8;

    @Option(names = "--warm-up", description = "seconds before, on each side (default: ${DEFAULT-VALUE})")
    private int warmUp = 30;

    @Option(names = "--shape", description = "many, pipelined or both (default: ${DEFAULT-VALUE})")
    private String shape = "both";

    @Option(names = "--profile", description = "a folder for a flight recording of ours by shape")
    private @Nullable Path profile;

    /** One counted round: what the last message's arrival at the end of the chain makes of it. */
    private record Round(double perSecond, double p50, double p99, double lagMillis, double micros) {}

    @Override
    public Integer call() throws Exception {
        if (Mosquitto.program().isEmpty()) {
            System.err.println("care: bench ingest compares with Mosquitto: apt-get install mosquitto");
            return 2;
        }
        List<String> lastLines = new ArrayList<>();
        for (LoadShape each : List.of(LoadShape.MANY, LoadShape.PIPELINED)) {
            if (shape.equals("both") || shape.equals(each.name())) {
                lastLines.add(compare(each));
            }
        }
        lastLines.forEach(System.out::println);
        return 0;
    }

    private String compare(LoadShape each) throws Exception {
        Path home = Files.createTempDirectory("anban-bench");
        try (AnbanTarget ours = new AnbanTarget(home, each.connections(), recording(each));
                MosquittoTarget mosquitto = new MosquittoTarget();
                Side left = new Side(ours, each);
                Side right = new Side(mosquitto, each)) {
            System.out.printf(
                    Locale.ROOT,
                    "shape %s: %d connections, %d in flight; %d rounds of %d s each, in turn%n",
                    each.name(),
                    each.connections(),
                    each.inFlight(),
                    rounds,
                    seconds);
            left.round(Duration.ofSeconds(warmUp));
            right.round(Duration.ofSeconds(warmUp));
            List<Round> ourRounds = new ArrayList<>();
            List<Round> theirRounds = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                ourRounds.add(left.round(Duration.ofSeconds(seconds)));
                theirRounds.add(right.round(Duration.ofSeconds(seconds)));
            }
            Round our = median(ourRounds);
            Round their = median(theirRounds);
            return String.format(
                    Locale.ROOT,
                    "ingest: shape=%s ours=%.0f mosquitto=%.0f ratio=%.2f puback_p50=%.2f puback_p99=%.2f lag_ms=%.0f"
                            + " mosquitto_lag_ms=%.0f cpu_us=%.1f mosquitto_cpu_us=%.1f",
                    each.name(),
                    our.perSecond,
                    their.perSecond,
                    our.perSecond / their.perSecond,
                    our.p50,
                    our.p99,
                    our.lagMillis,
                    their.lagMillis,
                    our.micros,
                    their.micros);
        } finally {
            Folders.delete(home);
        }
    }

    private Map<String, String> recording(LoadShape each) throws IOException {
        if (profile == null) {
            return Map.of();
        }
        Path file = Files.createDirectories(profile.toAbsolutePath()).resolve(each.name() + ".jfr");
        return Map.of("JAVA_TOOL_OPTIONS", "-XX:StartFlightRecording=settings=profile,filename=" + file);
    }

    private static Round median(List<Round> measured) {
        List<Round> sorted = measured.stream()
                .sorted(Comparator.comparingDouble(Round::perSecond))
                .toList();
        return sorted.get(sorted.size() / 2);
    }

    /** One target with the client that stays connected to it. */
    private static final class Side implements AutoCloseable {
        private final IngestTarget target;
        private final LoadClient client;
        private long acknowledged;

        Side(IngestTarget target, LoadShape shape) throws InterruptedException {
            this.target = target;
            this.client = LoadClient.connect(
                    new LoadPlan(
                            "127.0.0.1",
                            target.port(),
                            shape,
                            target.credentials(),
                            BenchPayloads.plain(2_000, Instant.now(), 7),
                            1),
                    Duration.ofSeconds(60));
        }

        Round round(Duration length) throws Exception {
            Duration cpuBefore = target.cpu();
            LoadResult result = client.publish(LoadBudget.unpaced(Long.MAX_VALUE, length));
            if (!result.complete()) {
                throw new IllegalStateException(target.name() + ": " + result + " " + result.problems());
            }
            acknowledged += result.acknowledged();
            long ended = System.nanoTime();
            target.awaitDone(acknowledged, DRAIN);
            double lag = (System.nanoTime() - ended) / 1e9;
            double micros = target.cpu().minus(cpuBefore).toNanos() / 1e3 / result.acknowledged();
            double perSecond = result.acknowledged() / (result.elapsed().toNanos() / 1e9 + lag);
            System.out.printf(
                    Locale.ROOT,
                    "  %-9s %9.0f/s  puback p50 %.2f ms p99 %.2f ms  lag %.0f ms  processor us a message: %.1f, client %.1f%n",
                    target.name(),
                    perSecond,
                    result.pubackMillis(50),
                    result.pubackMillis(99),
                    lag * 1e3,
                    micros,
                    result.ownMicrosPerMessage());
            return new Round(perSecond, result.pubackMillis(50), result.pubackMillis(99), lag * 1e3, micros);
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
