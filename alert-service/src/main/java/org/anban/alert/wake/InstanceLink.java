package org.anban.alert.wake;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.anban.kit.database.Database;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Carries the bell between instances on one database: NOTIFY without data, in a transaction of its own. */
public final class InstanceLink implements AutoCloseable {
    private static final String CHANNEL = "anban_alert";
    private static final int LISTEN_MILLIS = 500;

    private final Database database;
    private final Bell bell;
    private final Loop sender;
    private final Loop listener;
    private volatile boolean owed;
    private @Nullable Connection connection;

    private InstanceLink(Database database, Bell bell) {
        this.database = database;
        this.bell = bell;
        this.sender = Loop.start("notify", this::tellOthers);
        this.listener = Loop.start("listen", this::listen);
    }

    public static InstanceLink open(Database database, Bell bell) {
        InstanceLink link = new InstanceLink(database, bell);
        bell.onOwnRing(() -> {
            link.owed = true;
            link.sender.wake();
        });
        return link;
    }

    private Duration tellOthers() {
        if (owed) {
            owed = false;
            database.inTransaction(tx -> tx.execute("notify " + CHANNEL));
        }
        return Duration.ofSeconds(5);
    }

    private Duration listen() throws SQLException {
        try {
            if (connection == null) {
                connection = database.dedicatedConnection("alert listener");
                try (Statement statement = connection.createStatement()) {
                    statement.execute("listen " + CHANNEL);
                }
            }
            PGNotification[] heard = connection.unwrap(PGConnection.class).getNotifications(LISTEN_MILLIS);
            if (heard != null && heard.length > 0) {
                bell.ringHere();
            }
            return Duration.ofMillis(1);
        } catch (SQLException e) {
            disconnect();
            throw e;
        }
    }

    private void disconnect() {
        Connection lost = connection;
        connection = null;
        if (lost != null) {
            try {
                lost.close();
            } catch (SQLException e) {
                // it was broken already
            }
        }
    }

    @Override
    public void close() {
        sender.close();
        listener.close();
        disconnect();
    }
}
