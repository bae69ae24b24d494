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

/** A server that accepts connections. Its port is chosen anew at each start and lives in memory only. */
final class RunningServer {
    private static final Duration RECOVERY = Duration.ofMinutes(5);
    private static final int ATTEMPTS = 3;
    private static final int STATUS_LINE = 7;

    private final Process process;
    private final int port;
    private final String password;

    private RunningServer(Process process, int port, String password) {
        this.process = process;
        this.port = port;
        this.password = password;
    }

    /** Starts it and waits until it has recovered; another port is tried if somebody was quicker. */
    static RunningServer start(Cluster cluster, Path programs, Map<String, String> settings) throws IOException {
        Files.deleteIfExists(cluster.data().resolve("postmaster.pid")); // nobody of ours lives: it is stale
        for (int attempt = 1; ; attempt++) {
            int port = freePort();
            Process process = launch(cluster, programs, port, settings);
            if (becomesReady(process, cluster)) {
                RunningServer server = new RunningServer(process, port, cluster.password());
                server.checkFolder(cluster);
                return server;
            }
            if (process.isAlive()) {
                throw new StartException("PostgreSQL is not ready after " + RECOVERY.toMinutes() + " minutes: "
                        + cluster.lastLine(cluster.startLog()));
            }
            if (attempt == ATTEMPTS) {
                throw new StartException("PostgreSQL does not start: " + cluster.lastLine(cluster.startLog()));
            }
        }
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

    private static Process launch(Cluster cluster, Path programs, int port, Map<String, String> settings)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                programs.resolve("bin/postgres").toString(),
                "-D",
                cluster.data().toString()));
        Map<String, String> all = new TreeMap<>(settings);
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

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
