package org.anban.gateway.fuzz;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.anban.gateway.GatewayUnderTest;
import org.anban.gateway.source.Quota;
import org.slf4j.LoggerFactory;

/**
 * Any bytes on a connection to a real gateway, most often behind a good CONNECT: the gateway answers in whole packets,
 * ends the connection by itself, logs no defect and leaks no buffer; another device's alarm is always taken.
 */
public final class SessionFuzz {
    private static final int READ_MILLIS = 20_000;
    private static final int ALARM_EACH = 64;
    private static final AtomicReference<String> DEFECT = new AtomicReference<>();
    private static final GatewayUnderTest GATEWAY = start();
    private static final String KEY = GATEWAY.register("fuzzed");
    private static final String WITNESS_KEY = GATEWAY.register("witness");
    private static int inputs;

    private SessionFuzz() {}

    private static GatewayUnderTest start() {
        AppenderBase<ILoggingEvent> watch = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                boolean ours = event.getLoggerName().startsWith("org.anban.gateway.mqtt");
                boolean netty = event.getLoggerName().startsWith("io.netty");
                if (event.getLevel().isGreaterOrEqual(netty ? Level.ERROR : Level.WARN) && (ours || netty)) {
                    DEFECT.compareAndSet(null, event.getFormattedMessage() + " " + event.getThrowableProxy());
                }
            }
        };
        watch.start();
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).addAppender(watch);
        return GatewayUnderTest.start(Duration.ofSeconds(2), new Quota.Limit(1_000_000, 1_000_000));
    }

    /** The input is a little script, see {@link MqttScript}. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        MqttScript script = new MqttScript(data, "fuzzed", KEY);
        try (Socket socket = new Socket("127.0.0.1", GATEWAY.port())) {
            socket.setSoTimeout(READ_MILLIS);
            script.writeTo(socket);
            requireWholePackets(readAll(socket));
        }
        String defect = DEFECT.get();
        if (defect != null) {
            throw new AssertionError(defect);
        }
        if (inputs++ % ALARM_EACH == 0) {
            alarm();
        }
    }

    private static byte[] readAll(Socket socket) throws IOException {
        try {
            socket.shutdownOutput();
            return socket.getInputStream().readAllBytes();
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("the connection was not ended", e);
        } catch (java.net.SocketException e) {
            return new byte[0]; // reset, because we were still writing
        }
    }

    private static void requireWholePackets(byte[] answers) {
        int at = 0;
        while (at < answers.length) {
            int length = 0;
            int digits = 1;
            for (; at + digits < answers.length && digits <= 4; digits++) {
                length |= (answers[at + digits] & 0x7F) << 7 * (digits - 1);
                if (answers[at + digits] >= 0) {
                    break;
                }
            }
            at += 1 + digits + length;
        }
        if (at != answers.length) {
            throw new AssertionError("half a packet: " + Arrays.toString(answers));
        }
    }

    /** Whatever happens on other connections, this is acknowledged. */
    private static void alarm() throws IOException {
        MqttScript script = MqttScript.alarm("witness", WITNESS_KEY, inputs & 0x3FFF | 1);
        try (Socket socket = new Socket("127.0.0.1", GATEWAY.port())) {
            socket.setSoTimeout(READ_MILLIS);
            script.writeTo(socket);
            byte[] answers = socket.getInputStream().readNBytes(8);
            if (answers.length != 8 || answers[4] != 0x40) {
                throw new AssertionError("an alarm was not acknowledged: " + Arrays.toString(answers));
            }
        }
    }
}
