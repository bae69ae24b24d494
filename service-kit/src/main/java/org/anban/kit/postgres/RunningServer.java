package org.anban.kit.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anban.kit.config.StartException;
import org.anban.kit.database.DatabaseConfig;
import org.jspecify.annotations.Nullable;

/** A server that accepts connections. Its port is chosen anew when Anban starts, and lives in memory only. */
final class RunningServer {
    private static final Duration RECOVERY = Duration.ofMinutes(5);
    private static final int ATTEMPTS = 3;
    private static final int STATUS_LINE = 7;

    private final Process process;
    private final Site site;
    private final int port;
    private final String password;

    private RunningServer(Process process, Site site, int port, String password) {
        this.process = process;
        this.site = site;
        this.port = port;
        this.password = password;
    }

    /** Starts it and waits until it has recovered; another port is tried if somebody was quicker. */
    static RunningServer start(Site site) throws IOException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            RunningServer server = tryStart(site, freePort());
            if (server != null) {
                return server;
            }
        }
        throw doesNotStart(site.cluster());
    }

    /** The same on the same port, so that whoever was connected finds it again. Nothing of it may be left. */
    RunningServer again() throws IOException {
        RunningServer server = tryStart(site, port);
        if (server == null) {
            throw doesNotStart(site.cluster());
        }
        return server;
    }

    /** Returns null if it ended before it was ready. */
    private static @Nullable RunningServer tryStart(Site site, int port) throws IOException {
        Cluster cluster = site.cluster();
        Files.deleteIfExists(cluster.data().resolve("postmaster.pid")); // nobody of ours lives: it is stale
        Process process = launch(site, port);
        boolean started = false;
        try {
            if (!becomesReady(process, cluster)) {
                if (process.isAlive()) {
                    throw new StartException("PostgreSQL is not ready after " + RECOVERY.toMinutes() + " minutes: "
                            + cluster.lastLine(cluster.startLog()));
                }
                return null;
            }
            RunningServer server = new RunningServer(process, site, port, cluster.password());
            server.checkFolder(cluster);
            started = true;
            return server;
        } finally {
            if (!started) {
                process.destroyForcibly().onExit().join();
            }
        }
    }

    private static StartException doesNotStart(Cluster cluster) throws IOException {
        return new StartException("PostgreSQL does not start: " + cluster.lastLine(cluster.startLog()));
    }

    /** Waits until the postmaster is gone. Returns its exit code. */
    int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    Path folder() {
        return site.cluster().root();
    }

    long pid() {
        return process.pid();
    }

    DatabaseConfig config(String database, int poolSize, Duration patience) {
        return new DatabaseConfig(url(database), Cluster.USER, password, poolSize, patience);
    }

    void ensureDatabase(String name) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            boolean exists;
            try (ResultSet rows = statement.executeQuery("select 1 from pg_database where datname = '" + name + "'")) {
                exists = rows.next();
            }
            if (!exists) {
                statement.execute("create database " + name);
            }
        } catch (SQLException e) {
            throw new StartException("cannot create the database: " + e.getMessage(), e);
        }
    }

    private void checkFolder(Cluster cluster) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("show data_directory")) {
            rows.next();
            if (!Path.of(rows.getString(1)).equals(cluster.data())) {
                throw new StartException("the server on port " + port + " is not ours: it serves another folder");
            }
        } catch (SQLException e) {
            throw new StartException("cannot log in to our own PostgreSQL: " + e.getMessage(), e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url("postgres"), Cluster.USER, password);
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private static Process launch(Site site, int port) throws IOException {
        Cluster cluster = site.cluster();
        List<String> command = new ArrayList<>(List.of(
                site.programs().resolve("bin/postgres").toString(),
                "-D",
                cluster.data().toString()));
        Map<String, String> all = new TreeMap<>(site.settings());
        all.put("config_file", cluster.settings().toString());
        all.put("listen_addresses", "127.0.0.1");
        all.put("port", Integer.toString(port));
        all.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        ProcessBuilder builder = new ProcessBuilder(cluster.account().detached(command))
                .directory(cluster.root().toFile())
                .redirectErrorStream(true)
                .redirectOutput(cluster.startLog().toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        return builder.start();
    }

    /** Ready as the postmaster itself says it, in the eighth line of its file. */
    private static boolean becomesReady(Process process, Cluster cluster) {
        Path pidFile = cluster.data().resolve("postmaster.pid");
        String pid = Long.toString(process.pid());
        boolean[] ready = new boolean[1];
        ServerProcesses.await(RECOVERY, () -> {
            ready[0] = saysReady(pidFile, pid);
            return ready[0] || !process.isAlive();
        });
        return ready[0];
    }

    private static boolean saysReady(Path pidFile, String pid) {
        try {
            List<String> lines = Files.readAllLines(pidFile);
            return lines.size() > STATUS_LINE
                    && lines.get(0).equals(pid)
                    && lines.get(STATUS_LINE).trim().equals("ready");
        } catch (IOException e) {
            return false;
        }
    }

    /** What is needed to start it. */
    record Site(Cluster cluster, Path programs, Map<String, String> settings) {
        Site {
            settings = Map.copyOf(settings);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
