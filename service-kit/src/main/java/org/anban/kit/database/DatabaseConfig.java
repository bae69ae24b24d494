package org.anban.kit.database;

import java.time.Duration;
import org.anban.contracts.error.CareException;

/**
 * Where the database is.
 *
 * @param url {@code jdbc:postgresql://host:port/name}
 * @param poolSize connections at most
 * @param patience how long a caller waits for a connection before it is told that the database does not answer
 */
public record DatabaseConfig(String url, String user, String password, int poolSize, Duration patience) {
    public DatabaseConfig {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw CareException.invalid("database url: expected jdbc:postgresql://host:port/name");
        }
        if (poolSize < 2) {
            throw CareException.invalid("database pool: at least 2 connections");
        }
    }

    /** Without the password: this may end up in a log. */
    @Override
    public String toString() {
        return user + " at " + url + ", " + poolSize + " connections";
    }
}
