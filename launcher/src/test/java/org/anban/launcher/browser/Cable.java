package org.anban.launcher.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The network between a browser and the server, which can be pulled out and put in again. */
final class Cable implements AutoCloseable {
    private final int serverPort;
    private final ServerSocket door;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean out;
    private volatile boolean frozen;

    private Cable(int serverPort, ServerSocket door) {
        this.serverPort = serverPort;
        this.door = door;
        start("cable-accept", this::accept);
    }

    static Cable to(int serverPort) {
        try {
            ServerSocket door = new ServerSocket();
            door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return new Cable(serverPort, door);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + door.getLocalPort();
    }

    /** Nothing gets through any more, and nobody is told. */
    void freeze() {
        frozen = true;
    }

    /** Every connection breaks, and new ones do at once. */
    void pull() {
        out = true;
        sockets.forEach(Cable::quietly);
    }

    /** As if nothing had been, but connections that are broken or were frozen stay so. */
    void putIn() {
        if (frozen) {
            pull();
        }
        frozen = false;
        out = false;
    }

    @Override
    public void close() {
        pull();
        quietly(door);
    }

    private void accept() throws IOException {
        while (!door.isClosed()) {
            Socket browser = door.accept();
            if (out) {
                browser.close();
            } else {
                connect(browser);
            }
        }
    }

    private void connect(Socket browser) throws IOException {
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        sockets.add(browser);
        sockets.add(server);
        if (out) {
            pull();
        }
        start("cable-in", () -> pump(browser, server));
        start("cable-out", () -> pump(server, browser));
    }

    private void pump(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!frozen) {
                    out.write(buffer, 0, read);
                    out.flush();
                }
            }
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    /** A connection that breaks is what this is for. */
    private static void start(String name, Broken work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void quietly(AutoCloseable what) {
        try {
            what.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Work that ends when a connection does. */
    @FunctionalInterface
    private interface Broken {
        void run() throws IOException;
    }
}
