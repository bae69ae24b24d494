package org.anban.alert.console;

import io.vertx.core.json.JsonArray;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.anban.contracts.access.Principal;
import org.anban.contracts.access.Role;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Which consoles are connected, whichever instance they are connected to, and who is on duty. */
public final class ConsoleStore {
    /** A console that has not answered a beat for longer cannot be rung. */
    public static final Duration CONFIRMED_WITHIN = Duration.ofSeconds(15);

    void add(Handle tx, String streamId, Principal who, Instant now) {
        tx.createUpdate("insert into alert.console_stream (id, person, person_name, roles, areas, opened_at)"
                        + " values (:id, :person, :name, :roles, :areas, :now)")
                .bind("id", streamId)
                .bind("person", who.personId())
                .bind("name", who.displayName())
                .bind(
                        "roles",
                        new JsonArray(who.roles().stream().map(Role::name).toList()).encode())
                .bind("areas", new JsonArray(who.areas()).encode())
                .bind("now", now)
                .execute();
    }

    void remove(Handle tx, String streamId) {
        tx.createUpdate("delete from alert.console_stream where id = :id")
                .bind("id", streamId)
                .execute();
    }

    /** Streams whose instance died. */
    void removeSilent(Handle tx, Instant before) {
        tx.createUpdate("delete from alert.console_stream where coalesce(confirmed_at, opened_at) < :before")
                .bind("before", before)
                .execute();
    }

    /** A beat was answered; an answer to an older beat than the last one answered says nothing. */
    boolean confirm(Handle tx, String streamId, Principal who, long beat, Instant now) {
        tx.createUpdate("update alert.console_stream set beat = :beat, confirmed_at = :now"
                        + " where id = :id and person = :person and beat < :beat")
                .bind("beat", beat)
                .bind("now", now)
                .bind("id", streamId)
                .bind("person", who.personId())
                .execute();
        return tx.createQuery("select 1 from alert.console_stream where id = :id and person = :person")
                .bind("id", streamId)
                .bind("person", who.personId())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /** Everybody on duty who can be rung now, the longest connected first. */
    public List<Console> reachable(Handle tx, Instant now) {
        return tx.createQuery("select s.* from alert.console_stream s join alert.duty d on d.person = s.person"
                        + " where d.on_duty and s.confirmed_at >= :since order by s.opened_at, s.id")
                .bind("since", now.minus(CONFIRMED_WITHIN))
                .map(ConsoleStore::read)
                .list();
    }

    void duty(Handle tx, String personId, boolean onDuty, Instant now) {
        tx.createUpdate("insert into alert.duty as d (person, on_duty, since) values (:person, :on, :now)"
                        + " on conflict (person) do update set on_duty = excluded.on_duty,"
                        + " since = case when d.on_duty = excluded.on_duty then d.since else excluded.since end")
                .bind("person", personId)
                .bind("on", onDuty)
                .bind("now", now)
                .execute();
    }

    Duty dutyOf(Handle tx, String personId) {
        return tx.createQuery("select on_duty, since from alert.duty where person = :person")
                .bind("person", personId)
                .map((row, context) -> new Duty(
                        row.getBoolean("on_duty"), row.getTimestamp("since").toInstant()))
                .findOne()
                .orElse(Duty.NEVER);
    }

    private static Console read(ResultSet row, StatementContext context) throws SQLException {
        return new Console(
                row.getString("id"),
                row.getString("person"),
                row.getString("person_name"),
                texts(row.getString("roles")).stream().map(Role::valueOf).collect(Collectors.toSet()),
                texts(row.getString("areas")));
    }

    private static List<String> texts(String json) {
        return new JsonArray(json).stream().map(String::valueOf).toList();
    }
}
