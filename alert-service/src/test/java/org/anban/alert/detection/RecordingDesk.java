package org.anban.alert.detection;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.anban.alert.signal.AlertSignal;
import org.anban.alert.signal.SignalSink;
import org.anban.kit.database.Database;
import org.jdbi.v3.core.Handle;

/** The other side of the port: writes down what it is told, in the transaction in which it is told. */
final class RecordingDesk implements SignalSink {
    private final Database database;
    private final AtomicInteger commits = new AtomicInteger();
    private volatile Consumer<AlertSignal> before = signal -> {};

    RecordingDesk(Database database) {
        this.database = database;
        database.inTransaction(
                handle -> handle.execute(
                        """
                create table if not exists public.said
                (nr serial, id text, action text, kind text, priority text, subject text, device text)"""));
    }

    /** Runs before each signal is written down, and may refuse it. */
    void before(Consumer<AlertSignal> check) {
        before = check;
    }

    @Override
    public void apply(Handle transaction, List<AlertSignal> signals, Instant now) {
        for (AlertSignal signal : signals) {
            before.accept(signal);
            transaction
                    .createUpdate(
                            """
                            insert into public.said (id, action, kind, priority, subject, device)
                            values (:id, :action, :kind, :priority, :subject, :device)""")
                    .bind("id", signal.id())
                    .bind("action", signal.action().name())
                    .bind("kind", signal.kind().name())
                    .bind("priority", signal.priority().name())
                    .bind("subject", signal.subject().toString())
                    .bind("device", signal.device())
                    .execute();
        }
    }

    @Override
    public void committed() {
        commits.incrementAndGet();
    }

    int commits() {
        return commits.get();
    }

    /** {@code RAISE SOS P0 b-1}, in the order in which they were written down. */
    List<String> said() {
        return database.inTransaction(handle -> handle.createQuery(
                        "select concat_ws(' ', action, kind, priority, device) from public.said order by nr")
                .mapTo(String.class)
                .list());
    }
}
