package org.anban.gateway.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Turns any bytes into a conversation: the first says the version, whether a good CONNECT comes first and in how small
 * pieces it is written; each further one is an operation with the bytes behind it as its arguments.
 */
final class MqttScript {
    private static final int RAW = 0;
    private static final int PUBLISH = 1;
    private static final int SUBSCRIBE = 2;
    private static final int UNSUBSCRIBE = 3;
    private static final int SHORT = 4;
    private static final int DISCONNECT = 5;
    private static final int EVENT = 6;
    private static final int AGAIN = 7;

    private final byte[] data;
    private final String device;
    private final String key;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final boolean version5;
    private final int piece;
    private int at = 1;

    MqttScript(byte[] data, String device, String key) throws IOException {
        this.data = data;
        this.device = device;
        this.key = key;
        int first = data.length == 0 ? 0 : data[0];
        this.version5 = (first & 1) != 0;
        this.piece = (first & 2) != 0 ? 1 + (first >> 4 & 15) : Integer.MAX_VALUE;
        if ((first & 12) != 12) {
            connect((first & 4) != 0);
        }
        while (at < data.length) {
            operation(next());
        }
    }

    static MqttScript alarm(String device, String key, int packetId) throws IOException {
        return new MqttScript(new byte[] {0, EVENT, (byte) (packetId >> 8), (byte) packetId}, device, key);
    }

    private int next() {
        return at < data.length ? data[at++] & 0xFF : 0;
    }

    private byte[] some() {
        int length = Math.min(next(), data.length - at);
        byte[] bytes = java.util.Arrays.copyOfRange(data, at, at + Math.max(0, length));
        at += bytes.length;
        return bytes;
    }

    private void operation(int code) throws IOException {
        switch (code & 7) {
            case RAW -> out.write(some());
            case PUBLISH -> publish(code >> 3 & 3, "/telemetry", some(), some());
            case SUBSCRIBE -> filtered(0x82, some(), 1);
            case UNSUBSCRIBE -> filtered(0xA2, some(), 0);
            case SHORT -> out.write(new byte[] {(byte) next(), 2, (byte) next(), (byte) next()});
            case DISCONNECT -> packet(0xE0, version5 ? some() : new byte[0]);
            case EVENT -> event();
            case AGAIN -> connect(true);
            default -> throw new IllegalStateException();
        }
    }

    private void connect(boolean clean) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(body, "MQTT");
        body.write(version5 ? 5 : 4);
        body.write(0xC0 | (clean ? 2 : 0));
        body.write(new byte[] {0, 60});
        if (version5) {
            body.write(0);
        }
        text(body, device);
        text(body, device);
        text(body, key);
        packet(0x10, body.toByteArray());
    }

    private void event() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(body, "care/v1/" + device + "/event");
        body.write(next());
        body.write(next());
        if (version5) {
            body.write(0);
        }
        body.write("{\"type\":\"sos\"}".getBytes(StandardCharsets.UTF_8));
        packet(0x32, body.toByteArray());
    }

    private void publish(int qos, String suffix, byte[] properties, byte[] payload) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(body, "care/v1/" + device + suffix);
        if (qos > 0) {
            body.write(next());
            body.write(next());
        }
        if (version5) {
            body.write(Math.min(127, properties.length));
            body.write(properties, 0, Math.min(127, properties.length));
        }
        body.write(payload);
        packet(0x30 | qos << 1, body.toByteArray());
    }

    private void filtered(int type, byte[] filter, int options) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(next());
        body.write(next());
        if (version5) {
            body.write(0);
        }
        byte[] asked =
                filter.length == 0 ? ("care/v1/" + device + "/command").getBytes(StandardCharsets.UTF_8) : filter;
        body.write(asked.length >> 8);
        body.write(asked.length);
        body.write(asked);
        if (options > 0) {
            body.write(next());
        }
        packet(type, body.toByteArray());
    }

    private static void text(ByteArrayOutputStream body, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        body.write(bytes.length >> 8);
        body.write(bytes.length);
        body.write(bytes);
    }

    private void packet(int type, byte[] body) throws IOException {
        out.write(type);
        int rest = body.length;
        do {
            int digit = rest & 0x7F;
            rest >>= 7;
            out.write(rest > 0 ? digit | 0x80 : digit);
        } while (rest > 0);
        out.write(body);
    }

    /** Writes everything, unless the other side ends it before. */
    void writeTo(Socket socket) throws IOException {
        byte[] all = out.toByteArray();
        try {
            OutputStream to = socket.getOutputStream();
            for (int i = 0; i < all.length; ) {
                int step = Math.min(piece, all.length - i);
                to.write(all, i, step);
                i += step;
            }
        } catch (java.net.SocketException e) {
            // the gateway has ended it: that is an answer, too
        }
    }
}
