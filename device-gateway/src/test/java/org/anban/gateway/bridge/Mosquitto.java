package org.anban.gateway.bridge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.anban.kit.testing.Eventually;

/** The real Mosquitto as a child process, with persistence: a broker that was there before us. */
final class Mosquitto implements AutoCloseable {
    private static final List<String> PROGRAMS =
            List.of("/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto", "/usr/bin/mosquitto");

    private final Path folder;
    private final int port;
    private Process process;

    private Mosquitto(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** Starts one whose files are in {@code folder}, with these lines in its configuration. */
    static Mosquitto start(Path folder, String... settings) throws IOException {
        Mosquitto broker = new Mosquitto(folder, freePort());
        List<String> lines = new ArrayList<>(List.of(
                "persistence true",
                "persistence_location " + folder + "/",
                "max_queued_messages 0",
                "set_tcp_nodelay true",
                "log_type error",
                "listener " + broker.port + " 127.0.0.1"));
        lines.addAll(List.of(settings));
        if ("root".equals(System.getProperty("user.name"))) {
            lines.add("user root");
        }
        Files.write(folder.resolve("mosquitto.conf"), lines);
        broker.start();
        return broker;
    }

    void start() throws IOException {
        String program = PROGRAMS.stream()
                .filter(file -> Files.isExecutable(Path.of(file)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("mosquitto is not installed"));
        process = new ProcessBuilder(
                        program, "-c", folder.resolve("mosquitto.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
        Eventually.until("mosquitto listens", this::listens);
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            if (!process.isAlive()) {
                throw new AssertionError("mosquitto ended: " + log(), e);
            }
            return false;
        }
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it in order: what is persistent is written. */
    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    int port() {
        return port;
    }

    String url() {
        return "tcp://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        stop();
    }

    /** Below those that the system gives to whoever asks for any: none of these is taken by the way. */
    static int freePort() throws IOException {
        for (int i = 0; i < 100; i++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // another
            }
        }
        throw new IOException("no free port");
    }
}
