package org.anban.alert.story;

import io.vertx.core.json.JsonObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** What happened, entry by entry; nothing in it is ever changed. */
public final class Story {
    /** In the data of {@link StoryKind#JOINED}: true if what joined was an alarm, or may become one. */
    public static final String ALARM = "alarm";

    public void add(Handle tx, StoryEntry entry) {
        tx.createUpdate("insert into alert.story (incident, at, kind, person, person_name, text, data)"
                        + " values (:incident, :at, :kind, :person, :name, :text, cast(:data as jsonb))")
                .bind("incident", entry.incidentId())
                .bind("at", entry.at())
                .bind("kind", entry.kind().name())
                .bind("person", entry.personId())
                .bind("name", entry.personName())
                .bind("text", entry.text())
                .bind("data", entry.data().encode())
                .execute();
    }

    /** What the engine did or a device said. */
    public void tell(Handle tx, String incidentId, Instant now, StoryKind kind, String text, JsonObject data) {
        add(tx, StoryEntry.byEngine(incidentId, now, kind, text, data));
    }

    /** In the order in which it was written. */
    public List<StoryEntry> of(Handle tx, String incidentId) {
        return tx.createQuery("select * from alert.story where incident = :incident order by id")
                .bind("incident", incidentId)
                .map(Story::read)
                .list();
    }

    /** When an alarm last joined; empty if none has. */
    public Optional<Instant> lastAlarmJoined(Handle tx, String incidentId) {
        return tx.createQuery("select max(at) as at from alert.story where incident = :incident and kind = 'JOINED'"
                        + " and data ->> :alarm = 'true'")
                .bind("incident", incidentId)
                .bind("alarm", ALARM)
                .map((row, context) ->
                        Optional.ofNullable(row.getTimestamp("at")).map(Timestamp::toInstant))
                .one();
    }

    private static StoryEntry read(ResultSet row, StatementContext context) throws SQLException {
        return new StoryEntry(
                row.getString("incident"),
                row.getTimestamp("at").toInstant(),
                StoryKind.valueOf(row.getString("kind")),
                row.getString("person"),
                row.getString("person_name"),
                row.getString("text"),
                new JsonObject(row.getString("data")));
    }
}
