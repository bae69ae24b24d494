package org.anban.launcher.journey.guard;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A port that stays, in front of a database server that comes back on another. */
final class Relay implements AutoCloseable {
    private final ServerSocket door;
    private volatile int target;

    private Relay(ServerSocket door, int target) {
        this.door = door;
        this.target = target;
        start("relay", this::accept);
    }

    static Relay to(int target) throws IOException {
        return new Relay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
    }

    int port() {
        return door.getLocalPort();
    }

    void turnTo(int port) {
        target = port;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                join(door.accept());
            } catch (IOException e) {
                // closed; the loop sees it
            }
        }
    }

    private void join(Socket client) throws IOException {
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            start("relay-there", () -> copy(client, server));
            start("relay-back", () -> copy(server, client));
        } catch (IOException e) {
            client.close(); // nobody is there
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] some = new byte[16_384];
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                out.write(some, 0, read);
                out.flush();
            }
        } catch (IOException e) {
            // one side is gone; so is the other now
        }
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
