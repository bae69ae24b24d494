package org.anban.alert.signal;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The signals in the database: each id once. */
public final class SignalStore {
    /** A signal of an incident, as people are shown it. */
    public record Heard(
            String id,
            Instant at,
            Instant receivedAt,
            @Nullable Instant deviceAt,
            @Nullable String device,
            String kind,
            String text,
            boolean late) {}

    /** False if the id is known, and then it must have no effect. */
    public boolean add(Handle tx, AlertSignal signal) {
        return tx.createUpdate("insert into alert.signal (id, at, received_at, device_at, device, kind, action, text)"
                                + " values (:id, :at, :received, :deviceAt, :device, :kind, :action, :text)"
                                + " on conflict (id) do nothing")
                        .bind("id", signal.id())
                        .bind("at", signal.time().at())
                        .bind("received", signal.time().receivedAt())
                        .bind("deviceAt", signal.time().deviceAt())
                        .bind("device", signal.device())
                        .bind("kind", signal.kind().name())
                        .bind("action", signal.action().name())
                        .bind("text", signal.text())
                        .execute()
                > 0;
    }

    public void attach(Handle tx, AlertSignal signal, String incidentId, boolean late) {
        tx.createUpdate("update alert.signal set incident = :incident, late = :late where id = :id")
                .bind("incident", incidentId)
                .bind("late", late)
                .bind("id", signal.id())
                .execute();
    }

    /** Which incident a signal belongs to; null if none, or if it is not known. */
    public @Nullable String incidentOf(Handle tx, String signalId) {
        return tx.createQuery("select incident from alert.signal where id = :id and incident is not null")
                .bind("id", signalId)
                .mapTo(String.class)
                .findOne()
                .orElse(null);
    }

    /** In the order in which they happened. */
    public List<Heard> of(Handle tx, String incidentId) {
        return tx.createQuery("select * from alert.signal where incident = :incident order by at, id")
                .bind("incident", incidentId)
                .map((row, context) -> new Heard(
                        row.getString("id"),
                        row.getTimestamp("at").toInstant(),
                        row.getTimestamp("received_at").toInstant(),
                        row.getTimestamp("device_at") == null
                                ? null
                                : row.getTimestamp("device_at").toInstant(),
                        row.getString("device"),
                        row.getString("kind"),
                        row.getString("text"),
                        row.getBoolean("late")))
                .list();
    }
}
