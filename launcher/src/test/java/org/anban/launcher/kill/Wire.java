package org.anban.launcher.kill;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** MQTT 3.1.1 as far as a button needs it, by hand, on one TCP connection. Of one thread. */
final class Wire implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int PUBACK = 0x40;
    private static final int CONNACK = 0x20;

    private final Socket socket = new Socket();
    private final DataInputStream in;

    private Wire(int port) throws IOException {
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress("127.0.0.1", port), 2_000);
        in = new DataInputStream(socket.getInputStream());
    }

    static Wire open(int port) throws IOException {
        return new Wire(port);
    }

    /** The server's answer: its return code, and whether it knows the session. */
    record Welcome(int code, boolean sessionPresent) {}

    /** Connects to the session that the server may have kept. */
    Welcome connect(String device, String key) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream body = new DataOutputStream(bytes);
        body.writeUTF("MQTT");
        body.write(new byte[] {4, (byte) 0xC0, 0, 60});
        body.writeUTF(device);
        body.writeUTF(device);
        body.writeUTF(key);
        send(0x10, bytes.toByteArray());
        socket.setSoTimeout(PATIENCE_MILLIS);
        byte[] answer = packet(in.readUnsignedByte(), CONNACK);
        return new Welcome(answer[1], answer[0] == 1);
    }

    void publish(String topic, int packetId, boolean again, byte[] payload) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream body = new DataOutputStream(bytes);
        body.write(new byte[] {0, (byte) topic.length()});
        body.write(topic.getBytes(StandardCharsets.US_ASCII));
        body.writeShort(packetId);
        body.write(payload);
        send(again ? 0x3A : 0x32, bytes.toByteArray());
    }

    /** The packet id of the next PUBACK, or -1 if none comes in time. */
    int acknowledged(int waitMillis) throws IOException {
        int head;
        try {
            socket.setSoTimeout(Math.max(1, waitMillis));
            head = in.readUnsignedByte();
        } catch (SocketTimeoutException e) {
            return -1;
        }
        socket.setSoTimeout(PATIENCE_MILLIS);
        byte[] body = packet(head, PUBACK);
        return (body[0] & 0xFF) << 8 | body[1] & 0xFF;
    }

    private byte[] packet(int head, int expected) throws IOException {
        if (head != expected) {
            throw new EOFException("packet " + Integer.toHexString(head));
        }
        byte[] body = new byte[in.readUnsignedByte()];
        in.readFully(body);
        return body;
    }

    private void send(int head, byte[] body) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(head);
        if (body.length > 127) {
            all.write(body.length & 0x7F | 0x80);
            all.write(body.length >> 7);
        } else {
            all.write(body.length);
        }
        all.write(body);
        socket.getOutputStream().write(all.toByteArray());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
