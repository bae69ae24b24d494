package org.anban.launcher.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Debian's Mosquitto as a yardstick: on loopback, without persistence, with queues that drop nothing. */
final class Mosquitto implements AutoCloseable {
    private static final String CONFIG =
            """
            listener %d 127.0.0.1
            allow_anonymous true
            persistence false
            log_dest none
            max_queued_messages 0
            max_inflight_messages 1000
            max_connections -1
            """;

    private final Process process;
    private final int port;
    private final Path folder;

    private Mosquitto(Process process, int port, Path folder) {
        this.process = process;
        this.port = port;
        this.folder = folder;
    }

    /** Where the program is, if it is installed. */
    static Optional<Path> program() {
        return Stream.of("/usr/sbin/mosquitto", "/usr/bin/mosquitto", "/usr/local/sbin/mosquitto")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Mosquitto start(Path program) throws IOException, InterruptedException {
        int port = freePort();
        Path folder = Files.createTempDirectory("anban-mosquitto");
        Path config = Files.writeString(folder.resolve("mosquitto.conf"), CONFIG.formatted(port));
        Process process = new ProcessBuilder(program.toString(), "-c", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        Mosquitto mosquitto = new Mosquitto(process, port, folder);
        mosquitto.awaitListening();
        return mosquitto;
    }

    int port() {
        return port;
    }

    private void awaitListening() throws IOException, InterruptedException {
        for (int attempt = 0; attempt < 100; attempt++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
                return;
            } catch (IOException e) {
                if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
                    throw new IOException("mosquitto ended: " + Files.readString(folder.resolve("output")), e);
                }
            }
        }
        close();
        throw new IOException("mosquitto does not listen on port " + port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(folder.resolve("mosquitto.conf"));
        Files.deleteIfExists(folder.resolve("output"));
        Files.deleteIfExists(folder);
    }
}
