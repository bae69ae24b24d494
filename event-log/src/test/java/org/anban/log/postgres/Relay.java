package org.anban.log.postgres;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.anban.kit.database.DatabaseConfig;

/** A network between the log and its server that a test can break. */
final class Relay implements AutoCloseable {
    private final ServerSocket door;
    private final DatabaseConfig config;
    private final URI server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger answersToLose = new AtomicInteger();
    private final AtomicInteger answersLost = new AtomicInteger();
    private volatile boolean broken;

    private Relay(ServerSocket door, DatabaseConfig config) {
        this.door = door;
        this.config = config;
        this.server = URI.create(config.url().substring("jdbc:".length()));
    }

    static Relay to(DatabaseConfig config) throws IOException {
        ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Relay relay = new Relay(door, config);
        daemon(relay::accept);
        return relay;
    }

    /** A connection to the same database by way of this relay. */
    Connection connect(String purpose) throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:" + door.getLocalPort() + server.getPath();
        Properties properties = new Properties();
        properties.setProperty("user", config.user());
        properties.setProperty("password", config.password());
        properties.setProperty("ApplicationName", purpose);
        return DriverManager.getConnection(url, properties);
    }

    /**
     * Swallows the next answer of the server, whatever it answers to, and breaks off towards the client. The server's
     * side stays open, so that its session lives on.
     */
    void loseAnAnswer() {
        answersToLose.incrementAndGet();
    }

    int answersLost() {
        return answersLost.get();
    }

    /** Ends every connection on both sides and makes no new ones. */
    void breakOff() {
        broken = true;
        sockets.forEach(Relay::closeQuietly);
        sockets.clear();
    }

    void mend() {
        broken = false;
    }

    @Override
    public void close() {
        closeQuietly(door);
        breakOff();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                if (broken) {
                    client.close();
                } else {
                    join(client);
                }
            } catch (IOException e) {
                if (door.isClosed()) {
                    return;
                }
            }
        }
    }

    private void join(Socket client) throws IOException {
        Socket upstream = new Socket(server.getHost(), server.getPort());
        client.setTcpNoDelay(true);
        upstream.setTcpNoDelay(true);
        sockets.addAll(List.of(client, upstream));
        daemon(() -> pass(client, upstream, false));
        daemon(() -> pass(upstream, client, true));
    }

    private void pass(Socket from, Socket to, boolean answers) {
        byte[] buffer = new byte[1 << 16];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                if (answers && answersToLose.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                    answersLost.incrementAndGet();
                    closeQuietly(to);
                    return;
                }
                out.write(buffer, 0, length);
                out.flush();
            }
        } catch (IOException e) {
            // one of the two has gone; a client that has gone by a lost answer leaves the server's side open
        }
        if (!(from.isClosed() && !answers)) {
            closeQuietly(to);
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
