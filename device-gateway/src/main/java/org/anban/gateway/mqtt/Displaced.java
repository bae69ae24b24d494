package org.anban.gateway.mqtt;

import java.util.concurrent.TimeUnit;
import org.anban.gateway.packet.Fault;
import org.anban.gateway.session.Attachment;
import org.anban.gateway.session.Session;
import org.anban.gateway.setaside.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose place another has taken, and whether it was alive then: a watch whose network broke leaves a dead one
 * behind, a second device with the same id a living one. Confined to the event loop of its connection.
 */
final class Displaced {
    private static final long JUST_HEARD_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long PROMPT_NANOS = TimeUnit.MILLISECONDS.toNanos(900);

    private final Connection connection;
    private final Dock dock;
    private final Session session;
    private final long sinceNanos = System.nanoTime();

    Displaced(Connection connection, Dock dock, Session session) {
        this.connection = connection;
        this.dock = dock;
        this.session = session;
    }

    static Fault fault(Attachment.Eviction why) {
        return switch (why) {
            case TAKEN_OVER -> Fault.TAKEN_OVER;
            case NOT_AUTHORISED -> Fault.NOT_AUTHORISED;
            case BLOCKED -> Fault.BLOCKED;
        };
    }

    /** @param quietNanos how long ago it said anything after CONNECT */
    void lost(long quietNanos) {
        if (quietNanos < JUST_HEARD_NANOS) {
            alive(true);
        }
    }

    /** The peer closed its side; soon, because we did; later, because we waited no longer. */
    static void answered(@Nullable Displaced displaced) {
        if (displaced != null && System.nanoTime() - displaced.sinceNanos < PROMPT_NANOS) {
            displaced.alive(false);
        }
    }

    private void alive(boolean elsewhere) {
        if (session.loserAlive(connection.address(), elsewhere)) {
            dock.parts()
                    .intake()
                    .setAsides()
                    .count(
                            session.device(),
                            Reason.CLONE,
                            "take-overs back and forth, last from " + connection.address());
        }
    }
}
