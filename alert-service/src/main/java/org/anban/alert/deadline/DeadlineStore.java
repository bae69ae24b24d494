package org.anban.alert.deadline;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.anban.contracts.incident.Priority;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The deadlines in the database. */
public final class DeadlineStore {
    private static final String COLUMNS = "incident, kind, step, run, priority, due_at";

    public void add(Handle tx, Deadline deadline) {
        tx.createUpdate("insert into alert.deadline (" + COLUMNS + ")"
                        + " values (:incident, :kind, :step, :run, :priority, :due)")
                .bind("incident", deadline.incidentId())
                .bind("kind", deadline.kind().name())
                .bind("step", deadline.step())
                .bind("run", deadline.run())
                .bind("priority", deadline.priority().name())
                .bind("due", deadline.dueAt())
                .execute();
    }

    /** Takes the most urgent deadline that is due, which nobody else can then get; it acts in the same transaction. */
    public Optional<Deadline> claim(Handle tx, Instant now) {
        return tx.createQuery("delete from alert.deadline where id in (select id from alert.deadline"
                        + " where due_at <= :now order by priority, due_at, id for update skip locked limit 1)"
                        + " returning " + COLUMNS)
                .bind("now", now)
                .map(DeadlineStore::read)
                .findOne();
    }

    /** When the next one is due. */
    public Optional<Instant> nextDue(Handle tx) {
        return tx.createQuery("select due_at from alert.deadline order by due_at limit 1")
                .mapTo(Instant.class)
                .findOne();
    }

    /** What is still due of the present run of an incident's clocks, the soonest first. */
    public List<Deadline> of(Handle tx, String incidentId, int run) {
        return tx.createQuery("select " + COLUMNS + " from alert.deadline"
                        + " where incident = :incident and run = :run order by due_at, id")
                .bind("incident", incidentId)
                .bind("run", run)
                .map(DeadlineStore::read)
                .list();
    }

    private static Deadline read(ResultSet row, StatementContext context) throws SQLException {
        return new Deadline(
                row.getString("incident"),
                DeadlineKind.valueOf(row.getString("kind")),
                row.getInt("step"),
                row.getInt("run"),
                Priority.valueOf(row.getString("priority")),
                row.getTimestamp("due_at").toInstant());
    }
}
