package org.anban.alert.story;

import io.vertx.core.json.JsonObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** What happened, entry by entry; nothing in it is ever changed. */
public final class Story {
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
