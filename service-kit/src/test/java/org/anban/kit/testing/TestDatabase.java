package org.anban.kit.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.anban.kit.database.Database;
import org.anban.kit.database.DatabaseConfig;
import org.anban.kit.postgres.DisposableServer;

/** A fresh, empty database of a test's own on a real PostgreSQL, dropped when it is closed. */
public final class TestDatabase implements AutoCloseable {
    private static final int POOL_SIZE = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String name;
    private final DatabaseConfig config;
    private final Database database;

    private TestDatabase(String name, DatabaseConfig config) {
        this.name = name;
        this.config = config;
        this.database = Database.open(config);
    }

    /** Creates one; the server starts with the first and stops with the JVM. */
    public static TestDatabase create() {
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        administer("create database " + name);
        return new TestDatabase(name, Shared.SERVER.config(name, POOL_SIZE, PATIENCE));
    }

    public DatabaseConfig config() {
        return config;
    }

    public Database database() {
        return database;
    }

    @Override
    public void close() {
        database.close();
        administer("drop database if exists " + name + " with (force)");
    }

    private static void administer(String sql) {
        DatabaseConfig admin = Shared.SERVER.config("postgres", 2, PATIENCE);
        try (Connection connection = DriverManager.getConnection(admin.url(), admin.user(), admin.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static final class Shared {
        private static final DisposableServer SERVER = startForThisJvm();

        private static DisposableServer startForThisJvm() {
            DisposableServer server = DisposableServer.start();
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "test-postgres-stop"));
            return server;
        }
    }
}
