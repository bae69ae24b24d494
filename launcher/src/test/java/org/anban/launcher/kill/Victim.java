package org.anban.launcher.kill;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anban.launcher.bench.AnbanProcess;
import org.jspecify.annotations.Nullable;

/** A home whose process is killed and started again, on the same ports. Ends with the test, whatever happens. */
final class Victim implements AutoCloseable {
    /** Compiled quickly rather than well: it does not live long. */
    static final Map<String, String> SHORT_LIFE =
            Map.of("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -Xshare:auto", "CARE_LOG_SCREEN", "INFO");

    private final Path home;
    private final int httpPort = Ports.free();
    private final int mqttPort = Ports.free();
    private final Map<String, String> environment;
    private final List<String> arguments;
    private final ServerProcesses server;
    private final List<Duration> starts = new ArrayList<>();
    private final Thread lastResort = new Thread(this::end, "kill-what-is-left");
    private @Nullable AnbanProcess process;

    Victim(Path home, Map<String, String> environment, List<String> arguments) throws IOException {
        this.home = home;
        this.environment = new HashMap<>(SHORT_LIFE);
        this.environment.putAll(environment);
        this.arguments = arguments;
        this.server = new ServerProcesses(home);
        Runtime.getRuntime().addShutdownHook(lastResort);
    }

    /** Starts it and waits until it is ready. */
    void start() throws IOException, InterruptedException {
        long began = System.nanoTime();
        launch();
        process().awaitReady();
        starts.add(Duration.ofNanos(System.nanoTime() - began));
    }

    void launch() throws IOException {
        process = AnbanProcess.launch(home, httpPort, mqttPort, environment, arguments);
    }

    /** SIGKILL to the process; its server, if it has one, goes on as an orphan. */
    void kill() throws InterruptedException {
        process().kill();
    }

    ServerProcesses server() {
        return server;
    }

    AnbanProcess process() {
        AnbanProcess current = process;
        if (current == null) {
            throw new IllegalStateException("not started");
        }
        return current;
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    Path home() {
        return home;
    }

    int mqttPort() {
        return mqttPort;
    }

    String httpUrl() {
        return "http://127.0.0.1:" + httpPort;
    }

    /** How long each start took until it was ready. */
    List<Duration> starts() {
        return List.copyOf(starts);
    }

    JsonObject demo() throws IOException {
        return new JsonObject(Files.readString(home.resolve("demo.json")));
    }

    /** Keys of the devices for tests of death, by id and in that order. */
    Map<String, String> loadDevices() throws IOException {
        return keys(new JsonArray(Files.readString(home.resolve("load-devices.json"))));
    }

    /** Keys of the demo's devices of one kind. */
    Map<String, String> demoDevices(String kind) throws IOException {
        JsonArray some = new JsonArray();
        for (Object each : demo().getJsonArray("devices")) {
            if (((JsonObject) each).getString("kind").equals(kind)) {
                some.add(each);
            }
        }
        return keys(some);
    }

    private static Map<String, String> keys(JsonArray devices) {
        Map<String, String> keys = new LinkedHashMap<>();
        devices.forEach(each -> keys.put(((JsonObject) each).getString("id"), ((JsonObject) each).getString("key")));
        return keys;
    }

    private void end() {
        AnbanProcess current = process;
        if (current != null && current.isAlive()) {
            ProcessHandle.of(current.pid()).ifPresent(ProcessHandle::destroyForcibly);
        }
        server.kill();
    }

    @Override
    public void close() {
        end();
        Runtime.getRuntime().removeShutdownHook(lastResort);
    }
}
