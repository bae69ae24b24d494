package org.anban.kit.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.anban.kit.config.StartException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes of the server on one data folder, found in {@code /proc}: whoever calls itself postgres and has that
 * folder as its working directory. A number in {@code postmaster.pid} alone proves nothing, it may have been given to
 * another program since.
 */
final class ServerProcesses {
    private static final Logger log = LoggerFactory.getLogger(ServerProcesses.class);
    private static final Duration FAST = Duration.ofSeconds(30);
    private static final Duration IMMEDIATE = Duration.ofSeconds(10);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Path data;

    ServerProcesses(Path data) {
        this.data = data;
    }

    /** The postmaster, if one runs {@code postgres -D} on the folder. */
    OptionalLong postmaster() {
        try (Stream<String> lines = Files.lines(data.resolve("postmaster.pid"))) {
            long pid = Long.parseLong(lines.findFirst().orElse("0").trim());
            return isPostmaster(pid) ? OptionalLong.of(pid) : OptionalLong.empty();
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /**
     * Stops whatever still serves the folder and waits until it is gone: fast shutdown first, then immediate shutdown,
     * then SIGKILL. Must only be called by the holder of the home's lock.
     */
    void stop() {
        OptionalLong postmaster = postmaster();
        if (postmaster.isPresent()) {
            signal("INT", List.of(postmaster.getAsLong()));
        } else {
            signal("QUIT", all()); // a server without its head can only end
        }
        if (await(FAST, this::noneLeft)) {
            return;
        }
        log.warn(
                "the database server did not stop in {} s; stopping it at once, it will recover at the next start",
                FAST.toSeconds());
        signal("QUIT", all());
        if (!await(IMMEDIATE, this::noneLeft)) {
            kill();
        }
    }

    /** SIGKILL to every process of the server. */
    void kill() {
        boolean gone = await(IMMEDIATE, () -> {
            List<Long> left = all();
            signal("KILL", left);
            return left.isEmpty();
        });
        if (!gone) {
            throw new StartException("a database server on " + data + " cannot be stopped (processes " + all() + ")");
        }
    }

    boolean noneLeft() {
        return all().isEmpty();
    }

    List<Long> all() {
        List<Long> found = new ArrayList<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            processes
                    .filter(p -> Character.isDigit(p.getFileName().toString().charAt(0)))
                    .filter(this::servesOurFolder)
                    .forEach(p -> found.add(Long.parseLong(p.getFileName().toString())));
        } catch (IOException e) {
            throw new StartException("cannot read /proc: " + e.getMessage(), e);
        }
        return found;
    }

    static boolean await(Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
                return condition.getAsBoolean();
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }

    private boolean servesOurFolder(Path process) {
        try {
            return Files.readString(process.resolve("comm")).trim().equals("postgres")
                    && Files.readSymbolicLink(process.resolve("cwd")).equals(data);
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isPostmaster(long pid) throws IOException {
        Path commandLine = Path.of("/proc", Long.toString(pid), "cmdline");
        if (!Files.exists(commandLine)) {
            return false;
        }
        List<String> words =
                List.of(Files.readString(commandLine, StandardCharsets.UTF_8).split("\0"));
        int folder = words.indexOf("-D") + 1;
        return words.get(0).endsWith("/postgres")
                && folder > 0
                && folder < words.size()
                && words.get(folder).equals(data.toString());
    }

    private static void signal(String name, List<Long> processes) {
        if (processes.isEmpty()) {
            return;
        }
        String ids = String.join(" ", processes.stream().map(String::valueOf).toList());
        try {
            new ProcessBuilder("sh", "-c", "kill -" + name + " " + ids)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(IMMEDIATE.toSeconds(), TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new StartException("cannot signal the database server: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
