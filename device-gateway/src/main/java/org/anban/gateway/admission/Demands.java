package org.anban.gateway.admission;

import org.anban.gateway.codec.Packet;
import org.anban.gateway.codec.Properties;
import org.anban.gateway.session.Session;

/**
 * What a client wants of its connection.
 *
 * @param clean begin a new session
 * @param expirySeconds how long the session outlives the connection
 * @param keepAliveSeconds 0 for none
 * @param receiveMaximum how many unacknowledged commands the device takes at once
 * @param mostBytes the longest packet that it takes
 * @param explains whether it wants reasons in words
 */
public record Demands(
        boolean version5,
        boolean clean,
        long expirySeconds,
        int keepAliveSeconds,
        int receiveMaximum,
        long mostBytes,
        boolean explains,
        boolean hasAuthenticationMethod) {
    private static final int COMMANDS_AT_ONCE = 16;

    static Demands of(Packet.Connect connect) {
        boolean version5 = connect.version() == 5;
        Properties properties = connect.properties();
        long expiry = version5
                ? properties.number(Properties.SESSION_EXPIRY, 0)
                : connect.clean() ? 0 : Session.NEVER_EXPIRES;
        return new Demands(
                version5,
                connect.clean(),
                expiry,
                connect.keepAliveSeconds(),
                (int) Math.min(COMMANDS_AT_ONCE, properties.number(Properties.RECEIVE_MAXIMUM, COMMANDS_AT_ONCE)),
                properties.number(Properties.MAXIMUM_PACKET_SIZE, Long.MAX_VALUE),
                properties.number(Properties.REQUEST_PROBLEM_INFORMATION, 1) == 1,
                properties.has(Properties.AUTHENTICATION_METHOD));
    }
}
