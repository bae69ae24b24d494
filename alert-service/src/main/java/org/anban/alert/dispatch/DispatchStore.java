package org.anban.alert.dispatch;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.anban.contracts.subject.Responder;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The dispatches in the database. */
public final class DispatchStore {
    public void add(Handle tx, Dispatch dispatch) {
        tx.createUpdate("insert into alert.dispatch (id, incident, case_id, responder, responder_name, responder_phone,"
                        + " state, created_at, changed_at) values (:id, :incident, :case, :responder, :name, :phone,"
                        + " :state, :created, :changed)")
                .bind("id", dispatch.id())
                .bind("incident", dispatch.incidentId())
                .bind("case", dispatch.caseId())
                .bind("responder", dispatch.responder().id())
                .bind("name", dispatch.responder().name())
                .bind("phone", dispatch.responder().phone())
                .bind("state", dispatch.state().name())
                .bind("created", dispatch.createdAt())
                .bind("changed", dispatch.changedAt())
                .execute();
    }

    public void move(Handle tx, String id, DispatchState state, Instant now) {
        tx.createUpdate("update alert.dispatch set state = :state, changed_at = :now where id = :id")
                .bind("state", state.name())
                .bind("now", now)
                .bind("id", id)
                .execute();
    }

    public Optional<Dispatch> find(Handle tx, String id) {
        return tx.createQuery("select * from alert.dispatch where id = :id")
                .bind("id", id)
                .map(DispatchStore::read)
                .findOne();
    }

    /** Oldest first. */
    public List<Dispatch> ofCase(Handle tx, String caseId) {
        return tx.createQuery("select * from alert.dispatch where case_id = :case order by created_at, id")
                .bind("case", caseId)
                .map(DispatchStore::read)
                .list();
    }

    private static Dispatch read(ResultSet row, StatementContext context) throws SQLException {
        return new Dispatch(
                row.getString("id"),
                row.getString("incident"),
                row.getString("case_id"),
                new Responder(
                        row.getString("responder"),
                        row.getString("responder_name"),
                        row.getString("responder_phone"),
                        ""),
                DispatchState.valueOf(row.getString("state")),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("changed_at").toInstant());
    }
}
