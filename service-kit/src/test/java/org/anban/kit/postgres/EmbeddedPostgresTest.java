package org.anban.kit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.anban.kit.config.StartException;
import org.anban.kit.database.Database;
import org.anban.kit.database.DatabaseConfig;
import org.anban.kit.testing.Eventually;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
class EmbeddedPostgresTest {
    private static final Map<String, String> DURABLE =
            Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

    @TempDir
    Path home;

    @Test
    void dataSurvivesARestart() throws Exception {
        try (EmbeddedPostgres server = start(home)) {
            execute(server.config(), "create table kept (word text)");
            execute(server.config(), "insert into kept values ('安伴')");
        }

        try (EmbeddedPostgres server = start(home)) {
            assertThat(query(server.config(), "select word from kept")).isEqualTo("安伴");
        }
    }

    @Test
    void dataSurvivesAPowerCut() throws Exception {
        EmbeddedPostgres killed = start(home);
        execute(killed.config(), "create table kept (word text)");
        execute(killed.config(), "insert into kept values ('still here')");
        killed.kill();
        assertThat(ProcessHandle.of(killed.pid())).isNotPresent();
        killed.close();

        try (EmbeddedPostgres server = start(home)) {
            assertThat(query(server.config(), "select word from kept")).isEqualTo("still here");
        }
    }

    @Test
    void aServerThatIsKilledAloneIsStartedAgainWhereItsClientsLookForIt() throws Exception {
        try (EmbeddedPostgres server = start(home);
                Database database = Database.open(server.config())) {
            database.inTransaction(handle -> handle.execute("create table kept (word text)"));
            database.inTransaction(handle -> handle.execute("insert into kept values ('still here')"));
            for (int time = 0; time < 2; time++) {
                long killed = server.pid();
                ProcessHandle.of(killed).orElseThrow().destroyForcibly();
                Eventually.until("another server runs", Duration.ofMinutes(1), () -> server.pid() != killed);
                Eventually.until(
                        "the pool has found it", () -> database.problem().isEmpty());
                String word = database.inTransaction(handle -> handle.select("select word from kept")
                        .mapTo(String.class)
                        .one());
                assertThat(word).isEqualTo("still here");
            }
        }
    }

    @Test
    void aServerThatDoesNotStartAgainIsGivenUpAndCanBeStartedWhenTheCauseIsGone() throws Exception {
        Path control = home.resolve("postgres/data/global/pg_control");
        Path away = home.resolve("pg_control");
        ServerWatch.Patience impatient = new ServerWatch.Patience(3, Duration.ofMillis(10), Duration.ofMillis(20));
        try (EmbeddedPostgres server =
                EmbeddedPostgres.start(home, DisposableServer.sharedPrograms(), DURABLE, Account.choose(), impatient)) {
            execute(server.config(), "create table kept (word text)");
            execute(server.config(), "insert into kept values ('still here')");
            Files.move(control, away);
            ProcessHandle.of(server.pid()).orElseThrow().destroyForcibly();
            Eventually.until("it is given up", Duration.ofMinutes(1), () -> !server.isWatched());
            Files.move(away, control);
        }
        try (EmbeddedPostgres server = start(home)) {
            assertThat(query(server.config(), "select word from kept")).isEqualTo("still here");
        }
    }

    @Test
    void theServerOfAKilledParentIsStoppedAndTheDataIsThere() throws Exception {
        Process parent = child();
        long orphan;
        try (BufferedReader out = parent.inputReader(StandardCharsets.UTF_8)) {
            String line = out.readLine();
            while (line != null && !line.startsWith("started ")) {
                line = out.readLine();
            }
            orphan = Long.parseLong(line.substring("started ".length()));
        }
        parent.destroyForcibly().waitFor();
        assertThat(ProcessHandle.of(orphan))
                .as("a killed parent leaves its server")
                .isPresent();

        try (EmbeddedPostgres server = start(home)) {
            assertThat(ProcessHandle.of(orphan).flatMap(p -> p.info().command()))
                    .as("gone, or waiting to be reaped")
                    .isNotPresent();
            assertThat(server.pid()).isNotEqualTo(orphan);
            assertThat(query(server.config(), "select word from kept")).isEqualTo("committed");
        }
    }

    @Test
    void aHomeIsUsedByOneAtATimeAlsoFromAnotherProcess() throws Exception {
        try (EmbeddedPostgres server = start(home)) {
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(() -> start(home))
                        .isInstanceOf(StartException.class)
                        .hasMessageContaining("in use")
                        .hasMessageNotContaining("\n");
            }
            Process other = child();
            String output = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(other.waitFor()).isEqualTo(2);
            assertThat(output).contains("refused " + home).contains("in use");
            assertThat(query(server.config(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aHomeThatIsNoFolderIsOneClearLine() throws Exception {
        Path file = Files.writeString(home.resolve("file"), "");

        assertThatThrownBy(() -> start(file.resolve("below")))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("cannot write to")
                .hasMessageNotContaining("\n");
    }

    @Test
    void theServerIsDurableAndSharedWithNobody() throws Exception {
        Files.createDirectories(home.resolve("postgres"));
        Files.writeString(
                home.resolve("postgres/local.conf"), "fsync = off\nsynchronous_commit = off\nwork_mem = '5MB'");
        try (EmbeddedPostgres server = start(home)) {
            DatabaseConfig config = server.config();
            assertThat(query(config, "show fsync")).isEqualTo("on");
            assertThat(query(config, "show synchronous_commit")).isEqualTo("on");
            assertThat(query(config, "show full_page_writes")).isEqualTo("on");
            assertThat(query(config, "show work_mem")).isEqualTo("5MB");
            assertThat(query(config, "show data_checksums")).isEqualTo("on");
            assertThat(query(config, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(query(config, "show unix_socket_directories")).isEmpty();
            assertThat(query(config, "show server_encoding")).isEqualTo("UTF8");
            assertThat(query(config, "select distinct auth_method from pg_hba_file_rules"))
                    .isEqualTo("scram-sha-256");
            Path password = home.resolve("postgres/password");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password)))
                    .isEqualTo("rw-------");
            assertThat(Files.readString(password).trim()).hasSizeGreaterThan(31).isEqualTo(config.password());
            assertThatThrownBy(() -> DriverManager.getConnection(config.url(), config.user(), "guess"))
                    .hasMessageContaining("authentication failed");
        }
    }

    @Test
    void whereRootHasNoNamespacesTheServerRunsAsNobody() throws Exception {
        assumeThat(Account.choose()).as("only root gives up rights").isNotEqualTo(Account.OURSELVES);
        assertThatThrownBy(this::startAsNobody)
                .as("a folder that nobody else may enter")
                .isInstanceOf(StartException.class)
                .hasMessageContaining("cannot reach " + home);

        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx--x--x"));
        Path inner = home.resolve("inner");
        for (int start = 0; start < 2; start++) {
            try (EmbeddedPostgres server =
                    EmbeddedPostgres.start(inner, DisposableServer.sharedPrograms(), DURABLE, Account.NOBODY)) {
                assertThat(query(server.config(), "select 1")).isEqualTo("1");
                assertThat(Files.getAttribute(Path.of("/proc", Long.toString(server.pid())), "unix:uid"))
                        .isEqualTo(65534);
            }
        }
    }

    private void startAsNobody() {
        EmbeddedPostgres.start(home.resolve("closed"), DisposableServer.sharedPrograms(), DURABLE, Account.NOBODY)
                .close();
    }

    @Test
    void anInterruptedFirstStartIsDoneAgain() throws Exception {
        Files.createDirectories(home.resolve("postgres/data.new"));
        Files.writeString(home.resolve("postgres/data.new/PG_VERSION"), "17\n");

        try (EmbeddedPostgres server = start(home)) {
            assertThat(query(server.config(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aStalePidFileWithTheNumberOfAnotherProgramIsNotBelieved() throws Exception {
        start(home).close();
        String me = Long.toString(ProcessHandle.current().pid());
        Files.writeString(
                home.resolve("postgres/data/postmaster.pid"), me + "\n" + home.resolve("postgres/data") + "\n0\n1\n");

        try (EmbeddedPostgres server = start(home)) {
            assertThat(query(server.config(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aCopyOfTheProgramsThatWasCutShortIsUnpackedAgain() throws Exception {
        Path programs = Binaries.unpack(home);
        Files.write(programs.resolve("bin/postgres"), new byte[0]);

        assertThat(Binaries.unpack(home)).isEqualTo(programs);
        assertThat(Files.size(programs.resolve("bin/postgres"))).isGreaterThan(1_000_000);
    }

    @Test
    void closingStopsTheServerAndMayBeRepeated() throws Exception {
        EmbeddedPostgres server = start(home);
        try (Connection idle = connect(server.config())) {
            server.close();
            server.close();
            assertThat(idle.isValid(1)).isFalse();
        }
        Eventually.until(
                "the server is gone", () -> ProcessHandle.of(server.pid()).isEmpty());
    }

    /** Starts a server in a JVM of its own and stays until it is killed. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws Exception {
            try {
                EmbeddedPostgres server = start(Path.of(arguments[0]));
                execute(server.config(), "create table if not exists kept (word text)");
                execute(server.config(), "insert into kept values ('committed')");
                System.out.println("started " + server.pid());
                System.in.read();
            } catch (StartException e) {
                System.out.println("refused " + e.getMessage());
                System.exit(2);
            }
        }
    }

    private Process child() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "-Xmx128m",
                        "-Dfile.encoding=UTF-8",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        home.toString())
                .redirectErrorStream(true)
                .start();
    }

    private static EmbeddedPostgres start(Path home) {
        return EmbeddedPostgres.start(home, DisposableServer.sharedPrograms(), DURABLE, Account.choose());
    }

    private static Connection connect(DatabaseConfig config) throws Exception {
        return DriverManager.getConnection(config.url(), config.user(), config.password());
    }

    private static void execute(DatabaseConfig config, String sql) throws Exception {
        try (Connection connection = connect(config);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(DatabaseConfig config, String sql) throws Exception {
        try (Connection connection = connect(config);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
