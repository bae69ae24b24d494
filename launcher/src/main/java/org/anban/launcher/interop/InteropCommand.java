package org.anban.launcher.interop;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.anban.kit.config.StartException;
import org.anban.launcher.bench.AnbanProcess;
import org.anban.launcher.bench.Folders;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./care interop}: Eclipse's tests for MQTT servers against a system of its own, on loopback and free ports. */
@Command(
        name = "interop",
        description = "run Eclipse's tests for MQTT servers against a system that is started for them",
        mixinStandardHelpOptions = true)
public final class InteropCommand implements Callable<Integer> {
    private static final int DEVICES_EACH = 3;
    private static final int SHOWN = 1_500;

    @Parameters(
            paramLabel = "DIR",
            description = "the folder 'interoperability' of a checkout of eclipse/paho.mqtt.testing")
    private Path folder = Path.of(".");

    @Option(names = "--only", description = "run tests of this name only")
    private String only = "";

    @Option(names = "--seconds", description = "longest time of one test (default: ${DEFAULT-VALUE})")
    private int seconds = 60;

    @Override
    public Integer call() throws Exception {
        Path tests = folder.toAbsolutePath().normalize();
        if (!Files.exists(tests.resolve("client_test5.py"))) {
            throw new StartException(folder + " is not the folder 'interoperability' of eclipse/paho.mqtt.testing");
        }
        List<ForeignTest> all = ForeignTest.in(tests).stream()
                .filter(test -> only.isEmpty() || only.equals(test.name()))
                .toList();
        Path home = Files.createTempDirectory("anban-interop");
        try {
            Path driver = Files.writeString(home.resolve("driver.py"), ForeignTest.resource("driver.py"));
            List<String> arguments =
                    List.of("--load-devices", String.valueOf(all.size() * DEVICES_EACH), "--longest-keep-alive", "60");
            try (AnbanProcess system =
                    AnbanProcess.start(home, AnbanProcess.freePort(), AnbanProcess.freePort(), Map.of(), arguments)) {
                return run(all, new District(home, driver, tests, system));
            }
        } finally {
            Folders.delete(home);
        }
    }

    private record District(Path home, Path driver, Path tests, AnbanProcess system) {
        /** What the driver must know, with devices that no other test has. */
        String settings(int test) throws IOException {
            JsonObject demo = new JsonObject(Files.readString(home.resolve("demo.json")));
            JsonArray devices = new JsonArray(Files.readString(home.resolve("load-devices.json")));
            return new JsonObject()
                    .put("folder", tests.toString())
                    .put("port", system.mqttPort())
                    .put("http", "http://127.0.0.1:" + system.httpPort())
                    .put("operator", demo.getJsonObject("operator"))
                    .put(
                            "devices",
                            new JsonArray(devices.getList().subList(test * DEVICES_EACH, (test + 1) * DEVICES_EACH)))
                    .encode();
        }
    }

    private int run(List<ForeignTest> all, District district) throws IOException, InterruptedException {
        int[] applying = new int[6];
        int[] passed = new int[6];
        for (int i = 0; i < all.size(); i++) {
            ForeignTest test = all.get(i);
            String result = "does not apply: " + test.whyNot();
            if (test.applies()) {
                applying[test.version()]++;
                result = outcome(test, district, i);
                passed[test.version()] += result.equals("passed") ? 1 : 0;
            }
            System.out.printf(Locale.ROOT, "%-6s %-32s %s%n", test.version() == 4 ? "3.1.1" : "5", test.name(), result);
        }
        System.out.printf(
                Locale.ROOT, "interop: mqtt311=%d/%d mqtt5=%d/%d%n", passed[4], applying[4], passed[5], applying[5]);
        return passed[4] == applying[4] && passed[5] == applying[5] ? 0 : 1;
    }

    private String outcome(ForeignTest test, District district, int number) throws IOException, InterruptedException {
        Path output = district.home().resolve("output.txt");
        ProcessBuilder python = new ProcessBuilder(
                        "python3",
                        district.driver().toString(),
                        String.valueOf(test.version()),
                        test.name(),
                        test.mode())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        python.environment().put("INTEROP", district.settings(number));
        python.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        Process running = start(python);
        try {
            if (!running.waitFor(seconds, TimeUnit.SECONDS)) {
                return "failed: not done after " + seconds + " s";
            }
        } finally {
            running.destroyForcibly();
        }
        String said = Files.readString(output);
        boolean good = running.exitValue() == 0;
        return good ? "passed" : "failed\n" + said.substring(Math.max(0, said.length() - SHOWN));
    }

    private static Process start(ProcessBuilder python) {
        try {
            return python.start();
        } catch (IOException e) {
            throw new StartException("the tests need python3: " + e.getMessage(), e);
        }
    }
}
