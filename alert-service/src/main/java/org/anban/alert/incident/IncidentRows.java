package org.anban.alert.incident;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import org.anban.contracts.incident.IncidentKind;
import org.anban.contracts.incident.Priority;
import org.anban.contracts.subject.SubjectId;
import org.anban.contracts.subject.SubjectLabel;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** An incident as a row of its table. */
final class IncidentRows {
    private IncidentRows() {}

    static Incident read(ResultSet row, StatementContext context) throws SQLException {
        return new Incident(
                row.getString("id"),
                row.getString("case_id"),
                new SubjectLabel(
                        SubjectId.parse(row.getString("subject")),
                        row.getString("name"),
                        row.getString("area"),
                        row.getString("station")),
                IncidentKind.valueOf(row.getString("kind")),
                new Incident.Origin(
                        instant(row, "opened_at"),
                        instant(row, "event_at"),
                        instant(row, "received_at"),
                        maybe(row, "device_at"),
                        row.getBoolean("clock_wrong")),
                standing(row));
    }

    private static Standing standing(ResultSet row) throws SQLException {
        String takenBy = row.getString("taken_by");
        String disposition = row.getString("disposition");
        return new Standing(
                IncidentState.valueOf(row.getString("state")),
                Priority.valueOf(row.getString("priority")),
                new Standing.Marks(
                        row.getBoolean("delayed"),
                        row.getBoolean("suspect"),
                        row.getBoolean("looked"),
                        row.getBoolean("ringing"),
                        row.getBoolean("labelled")),
                takenBy == null ? null : new Holder(takenBy, row.getString("taken_name"), instant(row, "taken_at")),
                row.getInt("clock_run"),
                maybe(row, "stale_at"),
                row.getInt("joined"),
                row.getInt("version"),
                disposition == null
                        ? null
                        : new Standing.Ending(instant(row, "ended_at"), row.getString("ended_by"), disposition));
    }

    /** Binds every column that can change. */
    static <S extends SqlStatement<S>> S bind(S statement, Incident incident) {
        Standing now = incident.standing();
        Holder holder = now.holder();
        Standing.Ending ending = now.ending();
        return statement
                .bind("id", incident.id())
                .bind("name", incident.label().name())
                .bind("area", incident.label().areaPath())
                .bind("station", incident.label().station())
                .bind("state", now.state().name())
                .bind("priority", now.priority().name())
                .bind("delayed", now.marks().delayed())
                .bind("suspect", now.marks().suspect())
                .bind("looked", now.marks().looked())
                .bind("ringing", now.marks().ringing())
                .bind("labelled", now.marks().labelled())
                .bind("taken_by", holder == null ? null : holder.personId())
                .bind("taken_name", holder == null ? null : holder.name())
                .bind("taken_at", holder == null ? null : holder.since())
                .bind("clock_run", now.run())
                .bind("stale_at", now.staleAt())
                .bind("joined", now.joined())
                .bind("version", now.version())
                .bind("ended_at", ending == null ? null : ending.at())
                .bind("ended_by", ending == null ? null : ending.personId())
                .bind("disposition", ending == null ? null : ending.disposition());
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }

    private static @Nullable Instant maybe(ResultSet row, String column) throws SQLException {
        Timestamp value = row.getTimestamp(column);
        return value == null ? null : value.toInstant();
    }
}
