package org.anban.platform.resident;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.anban.contracts.subject.SubjectId;
import org.anban.contracts.subject.SubjectProfile;
import org.anban.contracts.subject.SubjectStatus;
import org.anban.contracts.subject.VitalLimits;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** SQL of residents and of their status. */
final class ResidentStore {
    boolean insert(Handle db, Resident r) {
        Resident.Details details = r.details();
        @Nullable VitalLimits l = r.limits();
        return db.createUpdate(
                                """
                                insert into platform.residents (id, name, birth_date, sex, phone, dwelling, status,
                                    status_since, risk_notes, heart_rate_low, heart_rate_watch_low,
                                    heart_rate_watch_high, heart_rate_high, spo2_low, spo2_watch_low)
                                values (:id, :name, :birth, :sex, :phone, :dwelling, :status, :since, :notes,
                                    :l0, :l1, :l2, :l3, :l4, :l5)
                                on conflict (id) do nothing""")
                        .bind("id", r.id())
                        .bind("name", details.name())
                        .bind("birth", details.birthDate())
                        .bind("sex", details.sex().name())
                        .bind("phone", details.phone())
                        .bind("dwelling", r.dwelling())
                        .bind("status", r.standing().status().name())
                        .bind("since", r.standing().since())
                        .bindArray("notes", String.class, r.riskNotes().toArray())
                        .bind("l0", l == null ? null : l.heartRateLow())
                        .bind("l1", l == null ? null : l.heartRateWatchLow())
                        .bind("l2", l == null ? null : l.heartRateWatchHigh())
                        .bind("l3", l == null ? null : l.heartRateHigh())
                        .bind("l4", l == null ? null : l.spo2Low())
                        .bind("l5", l == null ? null : l.spo2WatchLow())
                        .execute()
                == 1;
    }

    Optional<Resident> find(Handle db, String id) {
        return db.createQuery("select * from platform.residents where id = :id")
                .bind("id", id)
                .map(ResidentStore::resident)
                .findOne();
    }

    List<Resident> find(Handle db, Collection<String> ids) {
        return db.createQuery("select * from platform.residents where id = any (:ids)")
                .bindArray("ids", String.class, ids.toArray())
                .map(ResidentStore::resident)
                .list();
    }

    /** What rules read of each, with the area of the home. */
    List<SubjectProfile> profiles(Handle db, Collection<String> ids) {
        return db.createQuery(
                        """
                        select r.*, coalesce(d.area, '') as home_area
                        from platform.residents r left join platform.dwellings d on d.id = r.dwelling
                        where r.id = any (:ids)""")
                .bindArray("ids", String.class, ids.toArray())
                .map(ResidentStore::profile)
                .list();
    }

    private static SubjectProfile profile(ResultSet row, StatementContext context) throws SQLException {
        VitalLimits own = limits(row);
        return new SubjectProfile(
                SubjectId.resident(row.getString("id")),
                SubjectStatus.valueOf(row.getString("status")),
                own == null ? VitalLimits.DEFAULT : own,
                row.getString("home_area"));
    }

    /** By a part of the name, by id, or by the end of the resident's own telephone number; at most 20. */
    List<String> search(Handle db, String words, List<String> areas) {
        return db.createQuery(
                        """
                        select r.id from platform.residents r left join platform.dwellings d on d.id = r.dwelling
                        where (position(lower(:words) in lower(r.name)) > 0 or r.id = lower(:words)
                               or (:words ~ '^[0-9]{4,}$' and right(r.phone, length(:words)) = :words))
                          and exists (select from unnest(:areas::text[]) a
                                      where a = '' or d.area = a or starts_with(d.area, a || '/'))
                        order by r.name, r.id limit 20""")
                .bind("words", words)
                .bindArray("areas", String.class, areas.toArray())
                .mapTo(String.class)
                .list();
    }

    /** Who lives in some dwellings now; somebody in hospital or away still does. */
    List<Resident> occupants(Handle db, Collection<String> dwellings) {
        return db.createQuery(
                        """
                        select * from platform.residents
                        where dwelling = any (:dwellings) and status not in ('MOVED_OUT', 'DECEASED') order by id""")
                .bindArray("dwellings", String.class, dwellings.toArray())
                .map(ResidentStore::resident)
                .list();
    }

    int setStanding(Handle db, String id, Resident.Standing standing) {
        return db.createUpdate("update platform.residents set status = :status, status_since = :since where id = :id")
                .bind("status", standing.status().name())
                .bind("since", standing.since())
                .bind("id", id)
                .execute();
    }

    void insertChange(Handle db, String id, Resident.StatusChange change) {
        db.createUpdate(
                        """
                        insert into platform.resident_status_changes
                            (resident, status, since, recorded_at, recorded_by, note)
                        values (:resident, :status, :since, :recordedAt, :by, :note)""")
                .bind("resident", id)
                .bind("status", change.standing().status().name())
                .bind("since", change.standing().since())
                .bind("recordedAt", change.recordedAt())
                .bind("by", change.by())
                .bind("note", change.note())
                .execute();
    }

    /** Newest first, at most 100. */
    List<Resident.StatusChange> changes(Handle db, String id) {
        return db.createQuery(
                        """
                        select * from platform.resident_status_changes
                        where resident = :resident order by number desc limit 100""")
                .bind("resident", id)
                .map((row, context) -> new Resident.StatusChange(
                        new Resident.Standing(SubjectStatus.valueOf(row.getString("status")), instant(row, "since")),
                        instant(row, "recorded_at"),
                        row.getString("recorded_by"),
                        row.getString("note")))
                .list();
    }

    private static Resident resident(ResultSet row, StatementContext context) throws SQLException {
        Resident.Details details = new Resident.Details(
                row.getString("name"),
                row.getObject("birth_date", LocalDate.class),
                Resident.Sex.valueOf(row.getString("sex")),
                row.getString("phone"));
        return new Resident(
                row.getString("id"),
                details,
                row.getString("dwelling"),
                new Resident.Standing(SubjectStatus.valueOf(row.getString("status")), instant(row, "status_since")),
                List.of((String[]) row.getArray("risk_notes").getArray()),
                limits(row));
    }

    private static @Nullable VitalLimits limits(ResultSet row) throws SQLException {
        double heartRateLow = row.getDouble("heart_rate_low");
        if (row.wasNull()) {
            return null;
        }
        return new VitalLimits(
                heartRateLow,
                row.getDouble("heart_rate_watch_low"),
                row.getDouble("heart_rate_watch_high"),
                row.getDouble("heart_rate_high"),
                row.getDouble("spo2_low"),
                row.getDouble("spo2_watch_low"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
