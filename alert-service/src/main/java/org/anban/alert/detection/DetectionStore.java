package org.anban.alert.detection;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.anban.alert.evaluation.Dossier;
import org.anban.alert.evaluation.Progress;
import org.anban.alert.evaluation.SetAsideEvent;
import org.anban.alert.memory.Heard;
import org.anban.alert.memory.SubjectMemory;
import org.anban.alert.rule.Rule.SignOfLife;
import org.anban.contracts.event.Lane;
import org.anban.contracts.subject.SubjectId;
import org.anban.kit.database.ConsumerPosition;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/** The tables of detection. */
final class DetectionStore {
    /**
     * A memory as it was saved; it may be unreadable.
     *
     * @param heard when its devices were heard, to be read whatever the version is
     */
    record Saved(SubjectId subject, int version, byte[] state, String heard) {}

    private static ConsumerPosition position(Lane lane) {
        return new ConsumerPosition("alert.lane_position", "detector-" + lane);
    }

    Progress progress(Handle handle, Lane lane) {
        return handle.createQuery(
                        "select position, clock, listening_since from alert.lane_position where consumer = :consumer")
                .bind("consumer", position(lane).consumer())
                .map((row, context) -> new Progress(
                        row.getLong("position"),
                        instant(row.getTimestamp("clock")),
                        row.getTimestamp("listening_since") == null
                                ? Instant.EPOCH
                                : row.getTimestamp("listening_since").toInstant()))
                .findOne()
                .orElse(Progress.START);
    }

    /** Moves the position; false if another process has. */
    boolean advance(Handle handle, Lane lane, long from, Progress to) {
        if (!position(lane).advance(handle, from, to.batch())) {
            return false;
        }
        handle.createUpdate(
                        """
                        update alert.lane_position set clock = :clock, listening_since = :since
                        where consumer = :consumer""")
                .bind("clock", to.clock())
                .bind("since", to.listeningSince())
                .bind("consumer", position(lane).consumer())
                .execute();
        return true;
    }

    List<Saved> memories(Handle handle, Lane lane) {
        return handle.createQuery("select subject, version, state, heard from alert.rule_state where lane = :lane")
                .bind("lane", lane.name())
                .map((row, context) -> new Saved(
                        SubjectId.parse(row.getString("subject")),
                        row.getInt("version"),
                        row.getBytes("state"),
                        row.getString("heard")))
                .list();
    }

    void saveMemories(Handle handle, Lane lane, long applied, Collection<Dossier> dossiers) {
        String sql =
                """
                insert into alert.rule_state (lane, subject, version, applied, state, heard)
                select ?, subject, ?, ?, state, heard from unnest(?, ?, ?) as changed (subject, state, heard)
                on conflict (lane, subject) do update
                set version = excluded.version, applied = excluded.applied, state = excluded.state,
                    heard = excluded.heard""";
        Object[] subjects = new Object[dossiers.size()];
        byte[][] states = new byte[dossiers.size()][];
        Object[] heard = new Object[dossiers.size()];
        int i = 0;
        for (Dossier dossier : dossiers) {
            subjects[i] = dossier.subject().toString();
            heard[i] = Heard.encode(dossier.memory());
            states[i++] = dossier.memory().encode();
        }
        try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
            Array subjectArray = handle.getConnection().createArrayOf("text", subjects);
            Array stateArray = handle.getConnection().createArrayOf("bytea", states);
            statement.setString(1, lane.name());
            statement.setInt(2, SubjectMemory.VERSION);
            statement.setLong(3, applied);
            statement.setArray(4, subjectArray);
            statement.setArray(5, stateArray);
            statement.setArray(6, handle.getConnection().createArrayOf("text", heard));
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException("saving what rules remember", e, null);
        }
    }

    void setAside(Handle handle, Collection<SetAsideEvent> events) {
        PreparedBatch batch = handle.prepareBatch(
                """
                insert into alert.set_aside_event (lane, batch, place, rule, device, subject, error, at)
                values (:lane, :batch, :place, :rule, :device, :subject, :error, :at) on conflict do nothing""");
        for (SetAsideEvent event : events) {
            batch.bind("lane", event.lane().name())
                    .bind("batch", event.batch())
                    .bind("place", event.place())
                    .bind("rule", event.rule())
                    .bind("device", event.device())
                    .bind("subject", event.subject())
                    .bind("error", event.error())
                    .bind("at", event.at())
                    .add();
        }
        batch.execute();
    }

    List<SetAsideEvent> setAside(Handle handle, int limit) {
        return handle.createQuery("select * from alert.set_aside_event order by at desc, batch desc limit :limit")
                .bind("limit", limit)
                .map((row, context) -> new SetAsideEvent(
                        Lane.valueOf(row.getString("lane")),
                        row.getLong("batch"),
                        row.getInt("place"),
                        row.getString("rule"),
                        row.getString("device"),
                        row.getString("subject"),
                        row.getString("error"),
                        row.getTimestamp("at").toInstant()))
                .list();
    }

    void heard(Handle handle, Collection<SignOfLife> signs) {
        PreparedBatch batch = handle.prepareBatch(
                """
                insert into alert.alarm_heard (device, subject, at) values (:device, :subject, :at)
                on conflict (device) do update set subject = excluded.subject, at = excluded.at""");
        for (SignOfLife sign : signs) {
            batch.bind("device", sign.device())
                    .bind("subject", sign.subject().toString())
                    .bind("at", sign.at())
                    .add();
        }
        batch.execute();
    }

    /** Devices heard in the alarm lane from an instant on. */
    List<SignOfLife> heardFrom(Handle handle, Instant from) {
        return handle.createQuery("select device, subject, at from alert.alarm_heard where at >= :from order by at")
                .bind("from", from)
                .map((row, context) -> new SignOfLife(
                        row.getString("device"),
                        SubjectId.parse(row.getString("subject")),
                        row.getTimestamp("at").toInstant()))
                .list();
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
