package org.anban.launcher.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anban.launcher.bench.AnbanProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the person at the terminal sees of starts that cannot be, and what a stop or a kill leaves. */
final class StartAndStopTest {
    private static final int CANNOT_START = 2;
    private static final int ENDED_BY_TERM = 128 + 15;

    @TempDir
    private static Path folder;

    private static Victim victim;

    @BeforeAll
    static void makeHome() throws IOException {
        victim = new Victim(folder.resolve("home"), Map.of(), List.of("--load-devices", "3"));
    }

    @BeforeEach
    void start() throws Exception {
        if (!victim.isAlive()) {
            victim.start();
        }
    }

    @AfterAll
    static void end() {
        victim.close();
    }

    @Test
    void aStartAfterAKillStopsTheOrphanedServerAndFindsEverythingOnce() throws Exception {
        Map<String, Long> rows = rows();
        JsonObject demo = victim.demo();
        Map<String, String> keys = victim.loadDevices();
        victim.kill();
        List<Long> orphans = victim.server().pids();
        assertThat(orphans).as("the server outlives its parent").isNotEmpty();
        victim.start();
        assertThat(victim.server().pids()).isNotEmpty().doesNotContainAnyElementsOf(orphans);
        assertThat(rows()).isEqualTo(rows);
        assertThat(rows.get("platform.residents")).isGreaterThan(30);
        assertThat(victim.demo()).isEqualTo(demo);
        assertThat(victim.loadDevices()).isEqualTo(keys);
    }

    @Test
    void termStopsEverythingInOrderAndLeavesNoServer() throws Exception {
        AnbanProcess process = victim.process();
        process.close();
        assertThat(process.isAlive()).isFalse();
        assertThat(process.exitCode()).isEqualTo(ENDED_BY_TERM);
        assertThat(victim.server().pids()).isEmpty();
        assertThat(victim.server().exists()).as("a lock file of the server").isFalse();
        assertThat(process.printed()).doesNotContain("did not stop");
    }

    @Test
    void aTakenHttpPortIsOneLineAndExitCodeTwo() throws Exception {
        CommandLine run = serve(folder.resolve("other"), victim.process().httpPort(), Ports.free());
        assertThat(oneLine(run)).contains(String.valueOf(victim.process().httpPort()), "CARE_HTTP_PORT");
    }

    @Test
    void aTakenMqttPortIsOneLineAndExitCodeTwo() throws Exception {
        CommandLine run = serve(folder.resolve("other"), Ports.free(), victim.mqttPort());
        assertThat(oneLine(run)).contains(String.valueOf(victim.mqttPort()), "CARE_MQTT_PORT");
    }

    @Test
    void devicesKeysAreNotToBeReadOnTheWay() throws Exception {
        Map<String, String> environment = environment(folder.resolve("other"), Ports.free(), Ports.free());
        environment.put("CARE_HOST", "0.0.0.0");
        assertThat(oneLine(CommandLine.run(folder, environment, "serve")))
                .contains("CARE_HOST=0.0.0.0", "CARE_MQTTS_PORT", "CARE_MQTT_PLAIN=allow");
    }

    @Test
    void aCertificateThatIsNotThereIsOneLineAndExitCodeTwo() throws Exception {
        Map<String, String> environment = environment(folder.resolve("tls"), Ports.free(), Ports.free());
        environment.putAll(Map.of(
                "CARE_MQTTS_PORT",
                String.valueOf(Ports.free()),
                "CARE_TLS_CERTIFICATE",
                "not-there.pem",
                "CARE_TLS_KEY",
                "not-there.key"));
        assertThat(oneLine(CommandLine.run(folder, environment, "serve"))).contains("TLS: ", "not-there.pem");
    }

    @Test
    void aHomeThatCannotBeWrittenIsOneLineAndExitCodeTwo() throws Exception {
        Path file = Files.writeString(folder.resolve("a-file"), "no folder");
        assertThat(oneLine(serve(file.resolve("home"), Ports.free(), Ports.free())))
                .contains("cannot write", file.resolve("home").toString());
    }

    @Test
    void aHomeInUseIsOneLineAndExitCodeTwoAndDoesNotDisturb() throws Exception {
        assertThat(oneLine(serve(victim.home(), Ports.free(), Ports.free())))
                .contains(victim.home().toString());
        assertThat(victim.isAlive()).isTrue();
        assertThat(rows()).isNotEmpty();
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsOneLineAndExitCodeTwo() throws Exception {
        String url = "jdbc:postgresql://127.0.0.1:" + Ports.free() + "/anban";
        Map<String, String> environment = environment(folder.resolve("other"), Ports.free(), Ports.free());
        environment.putAll(Map.of("CARE_DATABASE_URL", url, "CARE_DATABASE_USER", "u", "CARE_DATABASE_PASSWORD", "p"));
        assertThat(oneLine(CommandLine.run(folder, environment, "serve"))).contains(url);
    }

    private static String oneLine(CommandLine run) {
        assertThat(run.errors()).hasSize(1);
        assertThat(run.exitCode()).isEqualTo(CANNOT_START);
        assertThat(run.output()).noneMatch(line -> line.startsWith("\tat "));
        return run.errors().get(0);
    }

    private static CommandLine serve(Path home, int httpPort, int mqttPort) throws Exception {
        return CommandLine.run(folder, environment(home, httpPort, mqttPort), "serve");
    }

    private static Map<String, String> environment(Path home, int httpPort, int mqttPort) {
        return new HashMap<>(Map.of(
                "CARE_HOME",
                home.toString(),
                "CARE_HTTP_PORT",
                String.valueOf(httpPort),
                "CARE_MQTT_PORT",
                String.valueOf(mqttPort)));
    }

    /** Of everything that a seed writes. */
    private static Map<String, Long> rows() throws Exception {
        try (Connection connection = victim.server().connect()) {
            Evidence evidence = new Evidence(connection);
            Map<String, Long> rows = new TreeMap<>();
            for (String table : evidence.texts("select schemaname || '.' || tablename from pg_tables"
                    + " where schemaname = 'platform' or tablename = 'device_key'")) {
                rows.put(table, evidence.number("select count(*) from " + table));
            }
            return rows;
        }
    }
}
