package org.anban.gateway.mqtt;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** MQTT by hand, byte for byte, through a plain socket. */
final class RawClient implements AutoCloseable {
    static final byte[] DISCONNECT = {(byte) 0xE0, 0};

    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private final DataInputStream in;
    private final int version;

    private RawClient(Socket socket, int version) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.version = version;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
    }

    /** @param version 4 for MQTT 3.1.1, 5 for MQTT 5 */
    static RawClient open(int port, int version) throws IOException {
        return new RawClient(new Socket("127.0.0.1", port), version);
    }

    /** Through a socket that is open, or becomes it with the first byte. */
    static RawClient over(Socket socket, int version) throws IOException {
        return new RawClient(socket, version);
    }

    /** Connected from another address of this machine, with its CONNACK read and good. */
    static RawClient connectedFrom(String address, int port, String device, String key) throws IOException {
        Socket socket = new Socket("127.0.0.1", port, InetAddress.getByName(address), 0);
        RawClient client = new RawClient(socket, 4);
        client.send(client.connect(device, key, true, 60));
        if (!client.next().startsWith("20")) {
            throw new IOException("not a CONNACK");
        }
        return client;
    }

    /** Connected, with its CONNACK read and good. */
    static RawClient connected(int port, int version, String device, String key) throws IOException {
        RawClient client = open(port, version);
        client.send(client.connect(device, key, true, 60));
        String answer = client.next();
        if (!answer.startsWith("200") && !answer.startsWith("20")) {
            throw new IOException("not a CONNACK: " + answer);
        }
        return client;
    }

    byte[] connect(String device, String key, boolean clean, int keepAlive) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(body, "MQTT");
        body.write(version);
        body.write(0xC0 | (clean ? 2 : 0));
        body.write(keepAlive >> 8);
        body.write(keepAlive);
        if (version == 5) {
            body.write(clean ? 2 : 7);
            body.write(new byte[] {0x17, 0}); // no reasons in words, please
            if (!clean) {
                body.write(new byte[] {0x11, 0, 0, 1, 0}); // the session lives for 256 s
            }
        }
        text(body, device);
        text(body, device);
        text(body, key);
        return packet(0x10, body.toByteArray());
    }

    byte[] publish(String topic, int qos, int packetId, String payload) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(body, topic);
        if (qos > 0) {
            body.write(packetId >> 8);
            body.write(packetId);
        }
        if (version == 5) {
            body.write(0);
        }
        body.write(payload.getBytes(StandardCharsets.UTF_8));
        return packet(0x30 | qos << 1, body.toByteArray());
    }

    /** A publish as it is sent again. */
    static byte[] again(byte[] publish) {
        byte[] copy = publish.clone();
        copy[0] |= 8; // DUP
        return copy;
    }

    byte[] publishWithAlias(String topic, int alias, int packetId, String payload) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(body, topic);
        body.write(packetId >> 8);
        body.write(packetId);
        body.write(new byte[] {3, 0x23, (byte) (alias >> 8), (byte) alias});
        body.write(payload.getBytes(StandardCharsets.UTF_8));
        return packet(0x32, body.toByteArray());
    }

    byte[] subscribe(int packetId, String filter) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(packetId >> 8);
        body.write(packetId);
        if (version == 5) {
            body.write(0);
        }
        text(body, filter);
        body.write(1);
        return packet(0x82, body.toByteArray());
    }

    static byte[] pubrel(int packetId) {
        return new byte[] {0x62, 2, (byte) (packetId >> 8), (byte) packetId};
    }

    static byte[] packet(int type, byte[] body) throws IOException {
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

    void send(byte[]... packets) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] one : packets) {
            all.write(one);
        }
        socket.getOutputStream().write(all.toByteArray());
        socket.getOutputStream().flush();
    }

    /** The next packet as hexadecimal digits, or {@code closed}. */
    String next() throws IOException {
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
        } catch (EOFException e) {
            return "closed";
        } catch (SocketException e) {
            return "closed";
        }
    }

    /** Whether nothing comes for a moment. */
    boolean isQuiet() throws IOException {
        socket.setSoTimeout(150);
        try {
            return in.read() < 0;
        } catch (SocketTimeoutException e) {
            return true;
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
