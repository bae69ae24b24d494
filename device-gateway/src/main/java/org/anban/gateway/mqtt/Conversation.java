package org.anban.gateway.mqtt;

import java.time.Instant;
import org.anban.gateway.admission.Greeting;
import org.anban.gateway.session.Session;
import org.anban.gateway.session.Sessions;

/** What a connection has once its device was let in. */
record Conversation(
        Greeting greeting,
        Session session,
        int epoch,
        Publishes publishes,
        Subscriptions subscriptions,
        Outbox outbox,
        long silenceNanos) {
    private static final double KEEP_ALIVES_MISSED = 1.5;
    private static final long NANOS = 1_000_000_000L;
    private static final long UNLIMITED = Long.MAX_VALUE;

    static Conversation begin(Connection connection, Dock dock, Greeting greeting, Sessions.Opened opened) {
        Session session = opened.session();
        Outbox outbox = new Outbox(connection, dock, session, greeting);
        return new Conversation(
                greeting,
                session,
                opened.epoch(),
                new Publishes(connection, dock, opened, greeting.version5()),
                new Subscriptions(connection, dock, session, greeting.version5(), outbox),
                outbox,
                silence(greeting, dock));
    }

    /** MQTT 5 clients are told our longest keep alive; older ones have their own, or none. */
    private static long silence(Greeting greeting, Dock dock) {
        long longest = dock.parts().limits().longestKeepAlive().toSeconds();
        long asked = greeting.keepAliveSeconds();
        if (asked == 0 && !greeting.version5()) {
            return UNLIMITED;
        }
        long seconds = greeting.version5() && (asked == 0 || asked > longest) ? longest : asked;
        return (long) (seconds * KEEP_ALIVES_MISSED * NANOS);
    }

    void end(Connection connection, Instant now) {
        publishes.end();
        session.detach(connection, epoch, now);
    }
}
