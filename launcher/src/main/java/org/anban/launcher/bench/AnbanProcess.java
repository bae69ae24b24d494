package org.anban.launcher.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** The whole system in a process of its own, on loopback: what benchmarks load and kill tests kill. */
public final class AnbanProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);
    private static final String READY = "ready";

    private final Process process;
    private final int httpPort;
    private final int mqttPort;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final CountDownLatch told = new CountDownLatch(1);
    private final AtomicBoolean ready = new AtomicBoolean();
    private final StringBuffer printed = new StringBuffer();

    private AnbanProcess(Process process, int httpPort, int mqttPort) {
        this.process = process;
        this.httpPort = httpPort;
        this.mqttPort = mqttPort;
    }

    /**
     * Starts {@code serve} with this process's class path and the options of {@code CARE_JAVA_OPTS} (for a profile), and
     * waits until it is ready.
     *
     * @param environment settings besides the folder and the ports
     * @param arguments arguments after {@code serve}
     * @throws IOException with what it printed, if it ends or is not ready in time
     */
    public static AnbanProcess start(
            Path home, int httpPort, int mqttPort, Map<String, String> environment, List<String> arguments)
            throws IOException, InterruptedException {
        AnbanProcess started = launch(home, httpPort, mqttPort, environment, arguments);
        started.awaitReady();
        return started;
    }

    /** The same without waiting: {@link #awaitReady} does. */
    public static AnbanProcess launch(
            Path home, int httpPort, int mqttPort, Map<String, String> environment, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx2g",
                "-XX:+UseParallelGC",
                "-XX:NewRatio=1"));
        Stream.of(System.getenv().getOrDefault("CARE_JAVA_OPTS", "").split(" "))
                .filter(option -> !option.isBlank())
                .forEach(command::add);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.addAll(List.of("org.anban.launcher.Main", "serve"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CARE_HOME", home.toString());
        builder.environment().put("CARE_HTTP_PORT", String.valueOf(httpPort));
        builder.environment().put("CARE_MQTT_PORT", String.valueOf(mqttPort));
        builder.environment().putAll(environment);
        AnbanProcess launched = new AnbanProcess(builder.start(), httpPort, mqttPort);
        Thread reader = new Thread(launched::read, "anban-process-output");
        reader.setDaemon(true);
        reader.start();
        return launched;
    }

    /** A port of loopback that nobody listens on now. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** @throws IOException with what it printed, if it ends or is not ready in time; then it is stopped */
    public void awaitReady() throws IOException, InterruptedException {
        boolean inTime = told.await(START.toSeconds(), TimeUnit.SECONDS);
        if (!inTime || !ready.get()) {
            close();
            throw new IOException("the system did not start: " + printed);
        }
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals(READY)) {
                    ready.set(true);
                    told.countDown();
                } else if (printed.length() < 20_000) {
                    printed.append(line).append('\n');
                }
            }
        } catch (IOException e) {
            printed.append(e);
        } finally {
            told.countDown();
        }
    }

    /** What it has printed so far, besides the word that it is ready. */
    public String printed() {
        return printed.toString();
    }

    public int httpPort() {
        return httpPort;
    }

    public int mqttPort() {
        return mqttPort;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** @throws IllegalThreadStateException if it still runs */
    public int exitCode() {
        return process.exitValue();
    }

    /** Processor time that it has taken so far, without its database. */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Processor time that the database's living processes have taken so far. */
    public Duration databaseCpu() {
        return process.descendants()
                .map(child -> child.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** One number of {@code /metrics}; NaN if it is not there. */
    public double metric(String nameWithLabels) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/metrics"))
                .timeout(Duration.ofSeconds(5))
                .build();
        for (String line :
                http.send(request, HttpResponse.BodyHandlers.ofString()).body().split("\n")) {
            if (line.startsWith(nameWithLabels + " ")) {
                return Double.parseDouble(line.substring(nameWithLabels.length() + 1));
            }
        }
        return Double.NaN;
    }

    /** SIGKILL, at once. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
