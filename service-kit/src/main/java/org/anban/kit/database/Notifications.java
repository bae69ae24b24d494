package org.anban.kit.database;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.anban.kit.loop.Loop;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wake-ups between processes by {@code LISTEN}, on one connection with a thread of its own. A wake-up carries no data and
 * may be lost or repeated: whoever listens reads its tables, and also polls. After a (re)connection every listener of a
 * newly listened channel is woken, since something may have been missed.
 */
public final class Notifications implements AutoCloseable {
    /** Ends the listening. */
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    private record Listener(String channel, Runnable wake) {}

    private static final Logger log = LoggerFactory.getLogger(Notifications.class);
    private static final int WAIT_MILLIS = 250;
    private static final int SILENCE_BEFORE_CHECK = 40;
    private static final int NETWORK_TIMEOUT_MILLIS = 10_000;

    private final Database database;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Set<String> listening = new HashSet<>();
    private final Loop loop;
    private @Nullable Connection connection;
    private int quietTurns;

    private Notifications(Database database, MeterRegistry metrics) {
        this.database = database;
        this.loop = Loop.start("notifications", metrics, this::turn);
    }

    /** Starts listening; the connection is made, and made again, in the background. */
    public static Notifications open(Database database, MeterRegistry metrics) {
        return new Notifications(database, metrics);
    }

    /**
     * Wakes somebody at each notification on a channel, and once as soon as the channel is listened to.
     *
     * @param wake runs on the thread of the notifications: it must not block
     */
    public Subscription listen(String channel, Runnable wake) {
        Listener listener = new Listener(Database.identifier(channel), wake);
        listeners.add(listener);
        if (listening(channel)) {
            wake(listener);
        }
        return () -> listeners.remove(listener);
    }

    private Duration turn() throws SQLException {
        boolean done = false;
        try {
            Connection current = connected();
            listenToNewChannels(current);
            PGNotification[] arrived = current.unwrap(PGConnection.class).getNotifications(WAIT_MILLIS);
            if (arrived != null && arrived.length > 0) {
                quietTurns = 0;
                wakeListeners(arrived);
            } else if (++quietTurns >= SILENCE_BEFORE_CHECK) {
                quietTurns = 0;
                execute(current, "select 1"); // a connection that broke without a word is noticed here
            }
            done = true;
            return Duration.ZERO;
        } finally {
            if (!done) {
                disconnect();
            }
        }
    }

    private Connection connected() throws SQLException {
        Connection current = connection;
        if (current == null) {
            current = database.dedicatedConnection("notifications");
            connection = current;
            current.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MILLIS);
        }
        return current;
    }

    private void listenToNewChannels(Connection current) throws SQLException {
        List<Listener> fresh = new ArrayList<>();
        Set<String> channels = new HashSet<>();
        for (Listener listener : listeners) {
            if (!listening(listener.channel())) {
                fresh.add(listener);
                channels.add(listener.channel());
            }
        }
        for (String channel : channels) {
            execute(current, "listen " + channel);
            synchronized (listening) {
                listening.add(channel);
            }
        }
        fresh.forEach(Notifications::wake);
    }

    private void wakeListeners(PGNotification[] arrived) {
        Set<String> channels = new HashSet<>();
        for (PGNotification notification : arrived) {
            channels.add(notification.getName());
        }
        for (Listener listener : listeners) {
            if (channels.contains(listener.channel())) {
                wake(listener);
            }
        }
    }

    private boolean listening(String channel) {
        synchronized (listening) {
            return listening.contains(channel);
        }
    }

    private static void wake(Listener listener) {
        try {
            listener.wake().run();
        } catch (RuntimeException e) {
            log.error("a listener on {} failed", listener.channel(), e);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void disconnect() {
        synchronized (listening) {
            listening.clear();
        }
        Connection broken = connection;
        connection = null;
        if (broken != null) {
            try {
                broken.close();
            } catch (SQLException e) {
                log.debug("closing a broken connection", e);
            }
        }
    }

    /** What is wrong, if nothing has been heard from the database for that long. */
    public Optional<String> problem(Duration limit) {
        return loop.problem(limit);
    }

    @Override
    public void close() {
        loop.close();
        disconnect();
    }
}
