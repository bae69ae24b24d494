package org.anban.alert.wake;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.anban.kit.database.Database;
import org.anban.kit.database.Notifications;
import org.anban.kit.loop.Loop;

/** Carries the bell between instances on one database, as a notification without data. */
public final class InstanceLink implements AutoCloseable {
    private static final String CHANNEL = "anban_alert";
    private static final Duration REST = Duration.ofSeconds(10);

    private final Notifications heard;
    private final Loop sender;

    private InstanceLink(Notifications heard, Loop sender) {
        this.heard = heard;
        this.sender = sender;
    }

    public static InstanceLink open(Database database, Bell bell, MeterRegistry meters) {
        AtomicBoolean owed = new AtomicBoolean();
        Loop sender = Loop.start("alert-notify", meters, () -> {
            if (owed.getAndSet(false)) {
                database.notify(CHANNEL);
            }
            return REST;
        });
        bell.onOwnRing(() -> {
            owed.set(true);
            sender.wake();
        });
        Notifications heard = Notifications.open(database, meters);
        heard.listen(CHANNEL, bell::ringHere);
        return new InstanceLink(heard, sender);
    }

    @Override
    public void close() {
        heard.close();
        sender.close();
    }
}
