package org.anban.simulator.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.anban.simulator.SimulatorException;

/** Debian's Mosquitto as a child process on a free loopback port, without persistence: what we are compared with. */
public final class Mosquitto implements AutoCloseable {
    private static final String CONFIGURATION = "mosquitto.conf";
    private static final String LOG = "log";
    private static final Duration START = Duration.ofSeconds(10);

    private Process process;
    private final Path program;
    private final Path folder;
    private final int port;

    private Mosquitto(Path program, Path folder, int port) throws IOException {
        this.program = program;
        this.folder = folder;
        this.port = port;
        this.process = launch();
    }

    /** The program, if it is installed. */
    public static Optional<Path> program() {
        return List.of("/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto", "/usr/bin/mosquitto").stream()
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** For loads: anybody may connect, and nothing is dropped because a queue is full. */
    public static Mosquitto start() {
        return start(List.of("allow_anonymous true", "max_inflight_messages 0", "max_queued_messages 0"));
    }

    /**
     * @param settings lines of its configuration file
     * @throws SimulatorException when it is not installed or does not listen in time
     */
    public static Mosquitto start(List<String> settings) {
        Path program = program().orElseThrow(() -> new SimulatorException("mosquitto is not installed"));
        try {
            Path folder = Files.createTempDirectory("anban-mosquitto");
            int port = freePort();
            List<String> lines = new ArrayList<>(List.of(
                    "listener " + port + " 127.0.0.1", "persistence false", "set_tcp_nodelay true", "log_type error"));
            lines.addAll(settings);
            if ("root".equals(System.getProperty("user.name"))) {
                lines.add("user root");
            }
            Files.write(folder.resolve(CONFIGURATION), lines);
            Mosquitto started = new Mosquitto(program, folder, port);
            started.awaitListening();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it and starts it again on the same port; nothing survives, as nothing is persistent. */
    public void restart() {
        try {
            end();
            process = launch();
            awaitListening();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SimulatorException("interrupted while mosquitto restarted", e);
        }
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    /** Processor time that it has taken so far. */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        try {
            end();
            for (String name : List.of(CONFIGURATION, LOG)) {
                Files.deleteIfExists(folder.resolve(name));
            }
            Files.deleteIfExists(folder);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(
                        program.toString(), "-c", folder.resolve(CONFIGURATION).toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(LOG).toFile())
                .start();
    }

    private void end() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
        }
    }

    private void awaitListening() throws IOException {
        long deadline = System.nanoTime() + START.toNanos();
        while (!listening()) {
            if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                String log = Files.readString(folder.resolve(LOG)).strip();
                close();
                throw new SimulatorException("mosquitto did not start: " + log);
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private boolean listening() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
