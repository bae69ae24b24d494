package org.anban.gateway.mqtt;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/** A WebSocket by hand, frame for frame. */
final class RawWebSocket implements AutoCloseable {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int PING = 9;
    static final int FINAL = 0x80;

    static final String REQUEST = "GET /mqtt HTTP/1.1\r\nHost: gateway.example\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n";
    static final String MQTT = "Sec-WebSocket-Protocol: mqtt\r\n";

    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private final DataInputStream in;

    private RawWebSocket(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
    }

    static RawWebSocket open(int port) throws IOException {
        return new RawWebSocket(new Socket("127.0.0.1", port));
    }

    /** With the upgrade done. */
    static RawWebSocket upgraded(int port) throws IOException {
        RawWebSocket client = open(port);
        String head = client.request(REQUEST + MQTT + "\r\n");
        if (!head.startsWith("HTTP/1.1 101")
                || !head.toLowerCase(Locale.ROOT).contains("sec-websocket-protocol: mqtt")) {
            throw new IOException(head);
        }
        return client;
    }

    /** Sends bytes as they are. */
    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Sends a request and returns the head of what is answered, or {@code closed}. */
    String request(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
        StringBuilder head = new StringBuilder();
        try {
            while (!head.toString().endsWith("\r\n\r\n")) {
                head.append((char) in.readUnsignedByte());
            }
        } catch (EOFException | SocketException e) {
            return "closed";
        }
        return head.toString();
    }

    /** One masked frame. */
    static byte[] frame(int opcode, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(opcode);
        if (payload.length < 126) {
            out.write(0x80 | payload.length);
        } else {
            out.write(0x80 | 126);
            out.write(payload.length >> 8);
            out.write(payload.length);
        }
        byte[] mask = {1, 2, 3, 4};
        out.writeBytes(mask);
        for (int i = 0; i < payload.length; i++) {
            out.write(payload[i] ^ mask[i % 4]);
        }
        return out.toByteArray();
    }

    void frames(int opcode, byte[] payload) throws IOException {
        send(frame(opcode, payload));
    }

    /** The next frame: opcode and payload as hexadecimal digits with a blank between, or {@code closed}. */
    String next() throws IOException {
        try {
            int opcode = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            }
            byte[] payload = new byte[length];
            in.readFully(payload);
            return HexFormat.of().toHexDigits((byte) opcode) + " "
                    + HexFormat.of().formatHex(payload);
        } catch (EOFException | SocketException e) {
            return "closed";
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
