package org.anban.platform.device;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.anban.contracts.device.Binding;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.device.DeviceModel;
import org.anban.contracts.device.SenderKind;
import org.anban.contracts.device.Standing;
import org.anban.contracts.subject.SubjectId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** SQL of the stock and of whom each device speaks for. */
final class DeviceStore {
    private static final int MOST_MODELS = 10_000;

    /** Each as one object, however many devices there are of it. */
    private final Map<DeviceModel, DeviceModel> models = new ConcurrentHashMap<>();

    boolean insert(Handle db, Device d) {
        return db.createUpdate(
                                """
                                insert into platform.devices
                                    (id, kind, model, counts_down, report_interval_seconds, topics, zone,
                                     state, sender, carrier, keeper)
                                values (:id, :kind, :model, :countsDown, :interval, :topics, :zone,
                                        :state, :sender, :carrier, :keeper)
                                on conflict (id) do nothing""")
                        .bind("id", d.id().value())
                        .bind("kind", d.model().kind())
                        .bind("model", d.model().name())
                        .bind("countsDown", d.model().countsDown())
                        .bind("interval", d.model().reportInterval().toSeconds())
                        .bind("topics", d.model().topics())
                        .bind("zone", d.model().zone().getId())
                        .bind("state", d.standing().name())
                        .bind("sender", d.sender().name())
                        .bind("carrier", d.carrier())
                        .bind("keeper", d.keeper())
                        .execute()
                == 1;
    }

    Optional<Device> find(Handle db, DeviceId id) {
        return db.createQuery("select * from platform.devices where id = :id")
                .bind("id", id.value())
                .map(this::device)
                .findOne();
    }

    List<Device> findAll(Handle db, Collection<DeviceId> ids) {
        return db.createQuery("select * from platform.devices where id = any (:ids)")
                .bindArray(
                        "ids", String.class, ids.stream().map(DeviceId::value).toArray())
                .map(this::device)
                .list();
    }

    Optional<String> keeper(Handle db, String id) {
        return db.createQuery("select keeper from platform.devices where id = :id and keeper is not null")
                .bind("id", id)
                .mapTo(String.class)
                .findOne();
    }

    /** In order of id, after one; of one kind and of one present subject, where those are given. */
    List<Device> page(Handle db, DeviceQuery query, Instant now) {
        return db.createQuery(
                        """
                        select d.* from platform.devices d
                        where d.id collate "C" > :after
                          and (:kind::text is null or d.kind = :kind)
                          and (:subject::text is null or exists (
                              select from platform.bindings b
                              where b.device = d.id and b.subject = :subject and b.period @> :now::timestamptz))
                        order by d.id collate "C" limit :limit""")
                .bind("after", query.after())
                .bind("kind", query.kind())
                .bind("subject", query.subject())
                .bind("now", now)
                .bind("limit", query.limit())
                .map(this::device)
                .list();
    }

    /** Every interval of some devices, oldest first. */
    Map<String, List<Binding>> bindings(Handle db, Collection<DeviceId> ids) {
        Map<String, List<Binding>> found = new LinkedHashMap<>();
        db.createQuery(
                        """
                        select device, subject, lower(period) as began, upper(period) as ended
                        from platform.bindings where device = any (:ids) order by device, lower(period)""")
                .bindArray(
                        "ids", String.class, ids.stream().map(DeviceId::value).toArray())
                .map((row, context) -> Map.entry(row.getString("device"), binding(row)))
                .forEach(e -> found.computeIfAbsent(e.getKey(), d -> new ArrayList<>())
                        .add(e.getValue()));
        return found;
    }

    boolean hasBinding(Handle db, DeviceId id, Instant from) {
        return db.createQuery(
                        """
                        select exists (select from platform.bindings
                                       where device = :device and lower(period) = :from::timestamptz)""")
                .bind("device", id.value())
                .bind("from", from)
                .mapTo(boolean.class)
                .one();
    }

    void insertBinding(Handle db, DeviceId id, Binding binding) {
        db.createUpdate(
                        """
                        insert into platform.bindings (device, subject, period)
                        values (:device, :subject, tstzrange(:from::timestamptz, :to::timestamptz, '[)'))""")
                .bind("device", id.value())
                .bind("subject", binding.subject().toString())
                .bind("from", binding.from())
                .bind("to", binding.to())
                .execute();
    }

    void stand(Handle db, DeviceId id, StandingChange change) {
        db.createUpdate("update platform.devices set state = :state where id = :id")
                .bind("id", id.value())
                .bind("state", change.standing().name())
                .execute();
        db.createUpdate(
                        """
                        insert into platform.standing_changes (device, state, reason, recorded_at, recorded_by)
                        values (:device, :state, :reason, :at, :by)""")
                .bind("device", id.value())
                .bind("state", change.standing().name())
                .bind("reason", change.reason())
                .bind("at", change.at())
                .bind("by", change.by())
                .execute();
    }

    /** The newest first. */
    List<StandingChange> standingChanges(Handle db, DeviceId id) {
        return db.createQuery("select state, reason, recorded_at, recorded_by from platform.standing_changes"
                        + " where device = :device order by number desc limit 100")
                .bind("device", id.value())
                .map((row, context) -> new StandingChange(
                        Standing.valueOf(row.getString("state")),
                        row.getString("reason"),
                        row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                        row.getString("recorded_by")))
                .list();
    }

    /** Ends the interval that lasts; 0 if none began before the instant. */
    int endBinding(Handle db, DeviceId id, Instant at) {
        return db.createUpdate(
                        """
                        update platform.bindings set period = tstzrange(lower(period), :at::timestamptz, '[)')
                        where device = :device and upper_inf(period) and lower(period) < :at::timestamptz""")
                .bind("device", id.value())
                .bind("at", at)
                .execute();
    }

    private Device device(ResultSet row, StatementContext context) throws SQLException {
        DeviceModel model = new DeviceModel(
                row.getString("kind"),
                row.getString("model"),
                row.getBoolean("counts_down"),
                Duration.ofSeconds(row.getLong("report_interval_seconds")),
                row.getString("topics"),
                ZoneId.of(row.getString("zone")));
        return new Device(
                new DeviceId(row.getString("id")),
                known(model),
                Standing.valueOf(row.getString("state")),
                SenderKind.valueOf(row.getString("sender")),
                row.getString("carrier"),
                row.getString("keeper"));
    }

    private DeviceModel known(DeviceModel model) {
        DeviceModel known = models.size() < MOST_MODELS ? models.putIfAbsent(model, model) : models.get(model);
        return known == null ? model : known;
    }

    private static Binding binding(ResultSet row) throws SQLException {
        @Nullable OffsetDateTime ended = row.getObject("ended", OffsetDateTime.class);
        return new Binding(
                SubjectId.parse(row.getString("subject")),
                row.getObject("began", OffsetDateTime.class).toInstant(),
                ended == null ? null : ended.toInstant());
    }
}
