package org.anban.launcher.bench;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.anban.simulator.load.LoadBudget;
import org.anban.simulator.load.LoadClient;
import org.anban.simulator.load.LoadCredential;
import org.anban.simulator.load.LoadPlan;
import org.anban.simulator.load.LoadResult;
import org.anban.simulator.load.LoadShape;
import org.anban.simulator.payload.BenchPayloads;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./care bench alarm}: from the publishing of an SOS to its event on a console's live stream. */
@Command(name = "alarm", description = "milliseconds from an SOS to the operator's live stream, idle and under load")
final class AlarmBench implements Callable<Integer> {
    private static final int WARM_UP = 30;

    @Option(names = "--alarms", description = "counted alarms of each part (default: ${DEFAULT-VALUE})")
    private int alarms = 200;

    @Override
    public Integer call() throws Exception {
        Path home = Files.createTempDirectory("anban-bench");
        int wanted = LoadShape.MANY.connections();
        try (AnbanTarget target = new AnbanTarget(home, wanted + WARM_UP + 2 * alarms)) {
            JsonObject demo = new JsonObject(Files.readString(home.resolve("demo.json")));
            JsonObject operator = demo.getJsonObject("operator");
            try (ConsoleProbe probe = new ConsoleProbe(
                    demo.getString("httpUrl"), operator.getString("username"), operator.getString("password"))) {
                List<LoadCredential> pressers = target.credentials()
                        .subList(wanted, target.credentials().size());
                press(target.port(), pressers.subList(0, WARM_UP), probe);
                Histogram idle = press(target.port(), pressers.subList(WARM_UP, WARM_UP + alarms), probe);
                print("idle", idle);
                Histogram loaded = underLoad(target, pressers.subList(WARM_UP + alarms, pressers.size()), probe);
                print("loaded", loaded);
                System.out.printf(
                        Locale.ROOT,
                        "alarm: idle_p50=%.1f idle_p99=%.1f loaded_p50=%.1f loaded_p99=%.1f%n",
                        millis(idle, 50),
                        millis(idle, 99),
                        millis(loaded, 50),
                        millis(loaded, 99));
            }
        } finally {
            Folders.delete(home);
        }
        return 0;
    }

    /** Finds the best rate first, then presses while half of it runs. */
    private Histogram underLoad(AnbanTarget target, List<LoadCredential> pressers, ConsoleProbe probe)
            throws Exception {
        LoadPlan plan = new LoadPlan(
                "127.0.0.1",
                target.port(),
                LoadShape.MANY,
                target.credentials(),
                BenchPayloads.plain(2_000, Instant.now(), 7),
                1);
        try (LoadClient client = LoadClient.connect(plan, Duration.ofSeconds(60))) {
            client.publish(LoadBudget.unpaced(Long.MAX_VALUE, Duration.ofSeconds(4)));
            LoadResult best = client.publish(LoadBudget.unpaced(Long.MAX_VALUE, Duration.ofSeconds(6)));
            target.awaitDone(best.acknowledged(), Duration.ofSeconds(60));
            int half = (int) (best.messagesPerSecond() / 2);
            System.out.printf(
                    Locale.ROOT, "  best intake %.0f/s; pressing while %d/s run%n", best.messagesPerSecond(), half);
            Duration atMost = Duration.ofSeconds(10 + pressers.size());
            CompletableFuture<Histogram> pressed = CompletableFuture.supplyAsync(() -> {
                LockSupport.parkNanos(1_000_000_000L);
                return press(target.port(), pressers, probe);
            });
            while (!pressed.isDone() && !atMost.isNegative()) {
                client.publish(new LoadBudget(Long.MAX_VALUE, Duration.ofSeconds(2), half));
                atMost = atMost.minusSeconds(2);
            }
            return pressed.join();
        }
    }

    /** Presses one button after another, each with a connection that is already open. */
    private static Histogram press(int port, List<LoadCredential> pressers, ConsoleProbe probe) {
        Histogram nanos = new Histogram(60_000_000_000L, 3);
        for (LoadCredential device : pressers) {
            try {
                nanos.recordValue(Math.max(0, pressOne(port, device, probe)));
            } catch (MqttException e) {
                throw new IllegalStateException(device.id() + ": " + e.getMessage(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        return nanos;
    }

    private static long pressOne(int port, LoadCredential device, ConsoleProbe probe)
            throws MqttException, InterruptedException {
        MqttClient client = new MqttClient("tcp://127.0.0.1:" + port, device.id(), new MemoryPersistence());
        try {
            MqttConnectionOptions options = new MqttConnectionOptions();
            options.setUserName(device.id());
            options.setPassword(device.key().getBytes(StandardCharsets.UTF_8));
            client.connect(options);
            String subject = "resident:" + device.id();
            probe.expect(subject);
            byte[] payload = ("{\"id\":\"" + device.id() + "-1\",\"type\":\"sos\"}").getBytes(StandardCharsets.UTF_8);
            long sent = System.nanoTime();
            client.publish("care/v1/" + device.id() + "/event", payload, 1, false);
            long nanos = probe.seenAt(subject) - sent;
            client.disconnect();
            return nanos;
        } finally {
            client.close();
        }
    }

    private static void print(String name, Histogram nanos) {
        System.out.printf(
                Locale.ROOT,
                "  %-6s %d alarms: p50 %.1f ms, p90 %.1f ms, p99 %.1f ms, highest %.1f ms%n",
                name,
                nanos.getTotalCount(),
                millis(nanos, 50),
                millis(nanos, 90),
                millis(nanos, 99),
                nanos.getMaxValue() / 1e6);
    }

    private static double millis(Histogram nanos, double percentile) {
        return nanos.getValueAtPercentile(percentile) / 1e6;
    }
}
