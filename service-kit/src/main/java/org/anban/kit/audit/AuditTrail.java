package org.anban.kit.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import org.anban.contracts.access.Principal;
import org.anban.contracts.error.CareException;
import org.anban.kit.database.Database;
import org.anban.kit.http.Audit;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The audit on PostgreSQL: a row is durable before the answer it stands for. Methods block. */
public final class AuditTrail implements Audit {
    private static final Logger log = LoggerFactory.getLogger(AuditTrail.class);
    private static final int MOST_ENTRIES = 1_000;

    private final Database database;
    private final InstantSource time;
    private final Counter lost;

    private AuditTrail(Database database, InstantSource time, MeterRegistry metrics) {
        this.database = database;
        this.time = time;
        this.lost = metrics.counter("anban.audit.lost");
    }

    /** Brings the schema {@code kit} up to date and opens it. */
    public static AuditTrail open(Database database, InstantSource time, MeterRegistry metrics) {
        database.migrate("kit");
        return new AuditTrail(database, time, metrics);
    }

    @Override
    public void record(Principal who, String action, @Nullable String subject, String detail) {
        try {
            write(who, action, subject, detail);
        } catch (JdbiException e) {
            throw CareException.unavailable("the audit cannot be written", e);
        }
    }

    @Override
    public void recordOrCount(Principal who, String action, @Nullable String subject, String detail) {
        try {
            write(who, action, subject, detail);
        } catch (RuntimeException e) {
            lost.increment();
            log.error("not audited: {} by {} on {} ({})", action, who.personId(), subject, detail, e);
        }
    }

    /** What was read or done about somebody, the newest first, 1,000 entries at most. */
    public List<AuditEntry> findBySubject(String subject) {
        return find("subject", subject);
    }

    /** What somebody read or did, the newest first, 1,000 entries at most. */
    public List<AuditEntry> findByPerson(String personId) {
        return find("person_id", personId);
    }

    private List<AuditEntry> find(String column, String value) {
        return database.inTransaction(handle -> handle.createQuery(
                        "select at, person_id, session_id, roles, action, subject," + " detail from kit.audit where "
                                + column + " = :value order by at desc, id desc limit :most")
                .bind("value", value)
                .bind("most", MOST_ENTRIES)
                .map((rows, context) -> entry(rows))
                .list());
    }

    private void write(Principal who, String action, @Nullable String subject, String detail) {
        String roles = who.roles().stream().map(Enum::name).sorted().collect(Collectors.joining(","));
        OffsetDateTime at = time.instant().atOffset(ZoneOffset.UTC);
        database.inTransaction(handle -> handle.createUpdate(
                        "insert into kit.audit (at, person_id, session_id, roles, action, subject, detail)"
                                + " values (:at, :person, :session, :roles, :action, :subject, :detail)")
                .bind("at", at)
                .bind("person", who.personId())
                .bind("session", who.sessionId())
                .bind("roles", roles)
                .bind("action", action)
                .bind("subject", subject)
                .bind("detail", detail)
                .execute());
    }

    private static AuditEntry entry(ResultSet rows) throws SQLException {
        return new AuditEntry(
                rows.getObject("at", OffsetDateTime.class).toInstant(),
                rows.getString("person_id"),
                rows.getString("session_id"),
                rows.getString("roles"),
                rows.getString("action"),
                rows.getString("subject"),
                rows.getString("detail"));
    }
}
