package org.anban.launcher.journey;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** MQTT 3.1.1 by hand, through a plain socket: for what no client library would send. */
public final class PlainSocket implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 15_000;
    private static final int MOMENT_MILLIS = 500;

    private final Socket socket;
    private final DataInputStream in;
    private final PahoDevice device;
    private int packetId;

    private PlainSocket(Socket socket, PahoDevice device) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.device = device;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
    }

    /** A TCP connection on which nothing was said yet. */
    public static PlainSocket open(int port, PahoDevice device) throws IOException {
        return new PlainSocket(new Socket("127.0.0.1", port), device);
    }

    /** Connected and accepted. */
    public static PlainSocket logIn(int port, PahoDevice device) throws IOException {
        PlainSocket socket = open(port, device);
        socket.send(socket.connect());
        String answer = socket.next();
        if (!answer.equals("200000")) {
            throw new IOException("not accepted: " + answer);
        }
        return socket;
    }

    /** CONNECT with the device's key, a clean session and no keep alive. */
    public byte[] connect() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(body, "MQTT");
        body.write(new byte[] {4, (byte) 0xC2, 0, 0});
        text(body, device.id());
        text(body, device.id());
        text(body, device.key());
        return packet(0x10, body.toByteArray());
    }

    /** PUBLISH at QoS 1 below the device's own topic. */
    public byte[] publish(String topic, byte[] payload) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(body, device.topic(topic));
        packetId = packetId % 60_000 + 1;
        body.write(packetId >> 8);
        body.write(packetId);
        body.write(payload);
        return packet(0x32, body.toByteArray());
    }

    /** Several in one segment, so that they are read at once. */
    public void publishTogether(String topic, List<String> payloads) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String payload : payloads) {
            all.write(publish(topic, payload.getBytes(StandardCharsets.UTF_8)));
        }
        send(all.toByteArray());
    }

    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** The next packet as hexadecimal digits, or {@code closed}. */
    public String next() throws IOException {
        try {
            int type = in.readUnsignedByte();
            int length = 0;
            int shift = 0;
            int digit;
            do {
                digit = in.readUnsignedByte();
                length |= (digit & 0x7F) << shift;
                shift += 7;
            } while ((digit & 0x80) != 0);
            byte[] body = new byte[length];
            in.readFully(body);
            return HexFormat.of().toHexDigits((byte) type) + HexFormat.of().formatHex(body);
        } catch (EOFException | SocketException e) {
            return "closed";
        }
    }

    /** Whether nothing comes for a moment, and the connection stands. */
    public boolean isQuiet() throws IOException {
        socket.setSoTimeout(MOMENT_MILLIS);
        try {
            in.readByte();
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } catch (EOFException | SocketException e) {
            return false;
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    private static byte[] packet(int type, byte[] body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(type);
        int rest = body.length;
        do {
            int digit = rest % 128;
            rest /= 128;
            out.write(rest > 0 ? digit | 0x80 : digit);
        } while (rest > 0);
        out.write(body);
        return out.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(bytes.length >> 8);
        out.write(bytes.length);
        out.write(bytes);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
