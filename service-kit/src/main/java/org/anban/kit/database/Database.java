package org.anban.kit.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.anban.contracts.error.CareException;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.Driver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PostgreSQL, pooled. Every method blocks; never call one on an event loop. */
public final class Database implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Database.class);
    private static final Pattern IDENTIFIER = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    /** Connection failures, a server that shuts down or starts up, too many connections. */
    private static final Pattern UNREACHABLE = Pattern.compile("08...|57P..|53300");

    private final DatabaseConfig config;
    private final HikariDataSource pool;
    private final Jdbi jdbi;

    private Database(DatabaseConfig config, HikariDataSource pool) {
        this.config = config;
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
    }

    /** Opens a pool; connections are made when they are needed, so a database that is down does not stop us. */
    public static Database open(DatabaseConfig config) {
        HikariConfig hikari = new HikariConfig();
        hikari.setJdbcUrl(config.url());
        hikari.setUsername(config.user());
        hikari.setPassword(config.password());
        hikari.setMaximumPoolSize(config.poolSize());
        hikari.setMinimumIdle(2);
        hikari.setConnectionTimeout(config.patience().toMillis());
        hikari.setInitializationFailTimeout(-1);
        hikari.addDataSourceProperty("socketTimeout", "60");
        hikari.addDataSourceProperty("tcpKeepAlive", "true");
        hikari.addDataSourceProperty("ApplicationName", "anban");
        return new Database(config, new HikariDataSource(hikari));
    }

    /** Brings one service's schema up to date from {@code classpath:db/{schema}}. */
    public void migrate(String schema) {
        Flyway.configure(Database.class.getClassLoader())
                .dataSource(pool)
                .schemas(schema)
                .defaultSchema(schema)
                .createSchemas(true)
                .locations("classpath:db/" + schema)
                .load()
                .migrate();
    }

    /**
     * One transaction, read committed; whatever is thrown rolls it back.
     *
     * @throws CareException UNAVAILABLE if the server cannot be reached or went away meanwhile; whether the transaction was
     *     committed is then not known
     */
    public <T, X extends Exception> T inTransaction(HandleCallback<T, X> work) throws X {
        try {
            return jdbi.inTransaction(work);
        } catch (JdbiException e) {
            if (isUnreachable(e)) {
                throw CareException.unavailable("the database does not answer", e);
            }
            throw e;
        }
    }

    /** Whether the server could not be reached or went away, so that the same may work later. */
    private static boolean isUnreachable(JdbiException failure) {
        if (failure instanceof ConnectionException) {
            return true;
        }
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return UNREACHABLE.matcher(sql.getSQLState()).matches();
            }
        }
        return false;
    }

    /**
     * Wakes whoever listens on a channel, in all processes, by a transaction of its own: call it after the commit of what
     * there is to see. It is only a wake-up, so a failure is logged and not thrown.
     */
    public void notify(String channel) {
        try (Handle handle = jdbi.open()) {
            handle.execute("notify " + identifier(channel));
        } catch (JdbiException e) {
            log.warn("cannot wake the listeners on {}: {}", channel, e.getMessage());
        }
    }

    /** What is wrong with it now, for a health check; asks the server. */
    public Optional<String> problem() {
        try (Handle handle = jdbi.open()) {
            handle.execute("select 1");
            return Optional.empty();
        } catch (JdbiException e) {
            return Optional.of("the database does not answer");
        }
    }

    public DataSource dataSource() {
        return pool;
    }

    /** A connection of one's own, outside the pool, for locks and notifications that belong to a session. */
    public Connection dedicatedConnection(String purpose) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", config.user());
        properties.setProperty("password", config.password());
        properties.setProperty("ApplicationName", "anban " + purpose);
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("connectTimeout", "5");
        return new Driver().connect(config.url(), properties);
    }

    /** The name itself if it can stand in SQL as it is: lower case letters, digits and underscores. */
    static String identifier(String name) {
        if (!IDENTIFIER.matcher(name).matches()) {
            throw new IllegalArgumentException("not a plain SQL name: " + name);
        }
        return name;
    }

    @Override
    public void close() {
        pool.close();
    }
}
