package org.anban.alert.blackout;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.anban.contracts.subject.SubjectId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The tables of outages of many: what detection remembers of them, and what people are shown. */
public final class BlackoutStore {
    /** Writes what changed; in the transaction that moves the lane's position. */
    public void save(Handle handle, Collection<Blackout> blackouts) {
        for (Blackout blackout : blackouts) {
            handle.createUpdate(
                            """
                            insert into alert.group_outage
                            (id, subject, opened_at, spread_at, told_at, calm_since, ended_at)
                            values (:id, :subject, :opened, :spread, :told, :calm, :ended)
                            on conflict (id) do update
                            set spread_at = excluded.spread_at, told_at = excluded.told_at,
                                calm_since = excluded.calm_since, ended_at = excluded.ended_at""")
                    .bind("id", blackout.id())
                    .bind("subject", blackout.group().toString())
                    .bind("opened", blackout.openedAt())
                    .bind("spread", blackout.spreadAt())
                    .bind("told", blackout.toldAt())
                    .bind("calm", blackout.calmSince())
                    .bind("ended", blackout.endedAt())
                    .execute();
            saveMembers(handle, blackout);
        }
    }

    private static void saveMembers(Handle handle, Blackout blackout) {
        PreparedBatch batch = handle.prepareBatch(
                """
                insert into alert.group_outage_member (outage, device, subject, silent_since, back_at)
                values (:outage, :device, :subject, :since, :back)
                on conflict (outage, device) do update
                set subject = excluded.subject, silent_since = excluded.silent_since, back_at = excluded.back_at""");
        for (Member member : blackout.unsaved()) {
            batch.bind("outage", blackout.id())
                    .bind("device", member.device())
                    .bind("subject", member.subject().toString())
                    .bind("since", member.silentSince())
                    .bind("back", member.backAt())
                    .add();
        }
        batch.execute();
    }

    /** Those that have not passed. */
    public List<Blackout> open(Handle handle) {
        return handle.createQuery("select * from alert.group_outage where ended_at is null order by id")
                .map((row, context) -> {
                    String id = row.getString("id");
                    Blackout blackout = new Blackout(
                            id,
                            SubjectId.parse(row.getString("subject")),
                            row.getTimestamp("opened_at").toInstant(),
                            members(handle, id));
                    blackout.spread(row.getTimestamp("spread_at").toInstant());
                    blackout.told(row.getTimestamp("told_at").toInstant());
                    blackout.calm(maybe(row, "calm_since"));
                    blackout.saved();
                    return blackout;
                })
                .list();
    }

    /** Those of these outages whose incident a person has ended. */
    public List<String> closed(Handle handle, Collection<String> outages) {
        return handle.createQuery(
                        """
                        select s.id from alert.signal s join alert.incident i on i.id = s.incident
                        where s.id in (<outages>) and i.state in ('CLOSED', 'CANCELLED')""")
                .bindList("outages", List.copyOf(outages))
                .mapTo(String.class)
                .list();
    }

    private static List<Member> members(Handle handle, String outage) {
        return handle.createQuery("select * from alert.group_outage_member where outage = :outage order by device")
                .bind("outage", outage)
                .map(BlackoutStore::member)
                .list();
    }

    /** Of every outage that the signals of an incident told of, by device; who was in several, as in the last. */
    public List<Member> ofIncident(Handle handle, String incident) {
        return handle.createQuery(
                        """
                        select distinct on (m.device) m.* from alert.group_outage_member m
                        join alert.signal s on split_part(s.id, ':grown:', 1) = m.outage
                        where s.incident = :incident order by m.device, m.silent_since desc""")
                .bind("incident", incident)
                .map(BlackoutStore::member)
                .list();
    }

    private static Member member(ResultSet row, StatementContext context) throws SQLException {
        return new Member(
                row.getString("device"),
                SubjectId.parse(row.getString("subject")),
                row.getTimestamp("silent_since").toInstant(),
                maybe(row, "back_at"));
    }

    private static @Nullable Instant maybe(ResultSet row, String column) throws SQLException {
        Timestamp value = row.getTimestamp(column);
        return value == null ? null : value.toInstant();
    }
}
