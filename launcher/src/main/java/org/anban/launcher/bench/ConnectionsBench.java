package org.anban.launcher.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.anban.simulator.broker.Mosquitto;
import org.anban.simulator.load.IdleCrowd;
import org.anban.simulator.load.LoadCredential;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./care bench connections}: what an idle connection costs, and how soon one that vanished is missed. */
@Command(
        name = "connections",
        description = "resident memory of an idle connection, beside Mosquitto; time to notice 1,000 that vanish")
final class ConnectionsBench implements Callable<Integer> {
    private static final int MOST = 18_000;
    private static final int WARM_UP = 1_000;
    private static final int VANISHING = 1_000;
    /** What {@link AnbanProcess} gives. */
    private static final long HEAP_BYTES = 2L << 30;

    private static final String CONNECTED = "anban_gateway_connected";
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @Option(names = "--connections", description = "how many; 0 for as many as files may be opened, 18,000 at most")
    private int wanted;

    @Option(names = "--keep-alive", description = "seconds, of every device (default: ${DEFAULT-VALUE})")
    private int keepAlive = 30;

    @Override
    public Integer call() throws Exception {
        int count = wanted > 0 ? wanted : Math.min(MOST, IdleCrowd.room());
        if (count < VANISHING) {
            System.err.println(
                    "care: bench connections needs " + VANISHING + " connections at least; raise `ulimit -n`");
            return 2;
        }
        System.out.printf(Locale.ROOT, "%d idle connections, keep alive %d s%n", count, keepAlive);
        Path home = Files.createTempDirectory("anban-bench");
        try (AnbanTarget ours =
                new AnbanTarget(home, count, Map.of("JAVA_TOOL_OPTIONS", "-XX:+AlwaysPreTouch -Xms" + HEAP_BYTES))) {
            double noticed;
            long each;
            long pid = ours.process().pid();
            warmUp(ours);
            long before = ResidentMemory.ofJava(pid, HEAP_BYTES);
            try (IdleCrowd crowd = crowd(ours.port(), ours.credentials().subList(0, count))) {
                each = (ResidentMemory.ofJava(pid, HEAP_BYTES) - before) / count;
                System.out.printf(Locale.ROOT, "  ours      %d bytes each%n", each);
                noticed = vanish(ours.process(), crowd, count);
                System.out.printf(Locale.ROOT, "  %d that vanished were missed after %.1f s%n", VANISHING, noticed);
            }
            String theirs = mosquitto(count);
            System.out.printf(
                    Locale.ROOT, "connections: bytes_each=%d mosquitto=%s noticed_s=%.1f%n", each, theirs, noticed);
        } finally {
            Folders.delete(home);
        }
        return 0;
    }

    private IdleCrowd crowd(int port, List<LoadCredential> who) throws InterruptedException {
        return IdleCrowd.connect(new IdleCrowd.Plan("127.0.0.1", port, who, keepAlive), PATIENCE);
    }

    /** What is loaded and compiled once belongs to no connection; these devices are not among the counted ones. */
    private void warmUp(AnbanTarget ours) throws IOException, InterruptedException {
        List<LoadCredential> all = ours.credentials();
        List<LoadCredential> others = all.subList(all.size() - WARM_UP, all.size());
        for (int i = 0; i < 3; i++) {
            crowd(ours.port(), others).close();
            awaitConnected(ours.process(), 0);
        }
    }

    /** Seconds from the last word of the vanishing ones until the gateway counts the others only. */
    private double vanish(AnbanProcess process, IdleCrowd crowd, int count) throws IOException, InterruptedException {
        awaitConnected(process, count);
        crowd.vanish(VANISHING);
        long silentSince = System.nanoTime();
        awaitConnected(process, count - VANISHING);
        return (System.nanoTime() - silentSince) / 1e9;
    }

    private static void awaitConnected(AnbanProcess process, int count) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        double connected = process.metric(CONNECTED);
        while (connected != count) {
            if (System.nanoTime() > deadline) {
                throw new IOException("the gateway counts " + connected + " connections, not " + count);
            }
            LockSupport.parkNanos(100_000_000);
            connected = process.metric(CONNECTED);
        }
    }

    private String mosquitto(int count) throws IOException, InterruptedException {
        if (Mosquitto.program().isEmpty()) {
            System.err.println("care: bench connections compares with Mosquitto: apt-get install mosquitto");
            return "none";
        }
        try (Mosquitto mosquitto = Mosquitto.start()) {
            List<LoadCredential> who = java.util.stream.IntStream.range(0, count)
                    .mapToObj(i -> LoadCredential.anonymous("idle-" + i))
                    .toList();
            crowd(mosquitto.port(), who.subList(0, WARM_UP)).close();
            long before = ResidentMemory.of(mosquitto.pid());
            try (IdleCrowd crowd = crowd(mosquitto.port(), who)) {
                long each = (ResidentMemory.of(mosquitto.pid()) - before) / crowd.open();
                System.out.printf(Locale.ROOT, "  mosquitto %d bytes each%n", each);
                return String.valueOf(each);
            }
        }
    }
}
