package org.anban.alert.notice;

import io.vertx.core.json.JsonObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.anban.alert.story.Story;
import org.anban.alert.story.StoryKind;
import org.anban.contracts.incident.IncidentKind;
import org.anban.contracts.incident.Priority;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The notices in the database, and the log of every attempt to send one. */
public final class NoticeStore {
    /** An unknown notice of a critical incident is sent again, any other is not. */
    private static final String SENDABLE = "(state = 'ready' or state = 'unknown' and priority in ('P0', 'P1')"
            + " and attempts < :attempts) and next_at <= :now and channel = :channel";

    /** What a ladder has to say stands while nobody has taken or ended the incident and its clocks have not restarted. */
    private static final String STANDS = "(not starts_with(purpose, '" + Notice.LADDER + "') or exists"
            + " (select 1 from alert.incident i where i.id = notice.incident and i.state = 'OPEN'"
            + " and starts_with(notice.purpose, '" + Notice.LADDER + "' || i.clock_run || ':')))";

    /** What an attempt that is over leaves: a receipt that came while it was being sent knows better. */
    private static final String KNOWN_BETTER =
            "case when receipt = 'failed' then 'failed' when receipt is not null then 'sent' else :state end";

    private final Story story = new Story();

    /** Written in the incident's transaction. */
    public void add(Handle tx, Notice notice) {
        tx.createUpdate("insert into alert.notice (id, incident, channel, purpose, recipient, recipient_name, number,"
                        + " priority, kind, area, text, state, created_at, next_at)"
                        + " values (:id, :incident, :channel, :purpose, :recipient, :name, :number,"
                        + " :priority, :kind, :area, :text, 'ready', :now, :now)")
                .bind("id", notice.id())
                .bind("incident", notice.incidentId())
                .bind("channel", notice.channel())
                .bind("purpose", notice.matter().purpose())
                .bind("recipient", notice.recipient().id())
                .bind("name", notice.recipient().name())
                .bind("number", notice.recipient().number())
                .bind("priority", notice.matter().priority().name())
                .bind("kind", notice.matter().kind().name())
                .bind("area", notice.matter().area())
                .bind("text", notice.text())
                .bind("now", notice.progress().createdAt())
                .execute();
    }

    /** Takes the most urgent notice of a channel under a lease; nobody else sends it until that has run out. */
    Optional<Notice> claim(Handle tx, Claim claim) {
        Collection<String> within = claim.within();
        if (within != null && within.isEmpty()) {
            return Optional.empty();
        }
        Query query = tx.createQuery("update alert.notice set state = 'sending', attempts = attempts + 1,"
                + " lease = :lease, lease_until = :until, last_attempt_at = :now where id in (select id from alert.notice"
                + " where " + SENDABLE + " and " + STANDS + (within == null ? "" : " and recipient in (<within>)")
                + " order by priority, next_at, id for update skip locked limit 1) returning *");
        if (within != null) {
            query.bindList("within", List.copyOf(within));
        }
        return query.bind("now", claim.now())
                .bind("channel", claim.channel())
                .bind("attempts", claim.attempts())
                .bind("lease", claim.lease())
                .bind("until", claim.until())
                .map(NoticeStore::read)
                .findOne();
    }

    /** What is due but no longer true is never sent. */
    List<String> withdraw(Handle tx, String channel, Instant now) {
        return tx.createQuery("update alert.notice set state = 'withdrawn' where id in (select id from alert.notice"
                        + " where state = 'ready' and channel = :channel and next_at <= :now and not " + STANDS
                        + " for update skip locked) returning id")
                .bind("channel", channel)
                .bind("now", now)
                .mapTo(String.class)
                .list();
    }

    /** What a sender asks for. */
    record Claim(
            String channel,
            @Nullable Collection<String> within,
            String lease,
            Instant now,
            Instant until,
            int attempts) {}

    /** Whoever held these died while sending, or is so late that it counts as dead. */
    List<Notice> expire(Handle tx, String channel, Instant now) {
        return tx.createQuery("update alert.notice set state = " + KNOWN_BETTER
                        + ", lease = null, lease_until = null, next_at = :now"
                        + " where id in (select id from alert.notice where state = 'sending' and channel = :channel"
                        + " and lease_until < :now for update skip locked) returning *")
                .bind("state", NoticeState.UNKNOWN.word())
                .bind("now", now)
                .bind("channel", channel)
                .map(NoticeStore::read)
                .list();
    }

    /** A console that never came back is told no more; the ladder has climbed past it. */
    List<String> giveUp(Handle tx, String channel, Instant createdBefore) {
        return tx.createQuery("update alert.notice set state = 'failed' where channel = :channel and state = 'ready'"
                        + " and created_at < :before returning id")
                .bind("channel", channel)
                .bind("before", createdBefore)
                .mapTo(String.class)
                .list();
    }

    /** What came of an attempt; empty if the lease was lost meanwhile, and then nothing is changed. */
    Optional<NoticeState> settle(Handle tx, Notice notice, NoticeState state, Instant nextAt) {
        return tx.createQuery("update alert.notice set state = " + KNOWN_BETTER + ", next_at = :next, lease = null,"
                        + " lease_until = null where id = :id and state = 'sending' and lease = :lease returning state")
                .bind("state", state.word())
                .bind("next", nextAt)
                .bind("id", notice.id())
                .bind("lease", notice.progress().lease())
                .map((row, context) -> NoticeState.ofWord(row.getString("state")))
                .findOne();
    }

    /** People read in the story that a telephone of a critical incident could not be rung. */
    void tellFailure(Handle tx, Notice notice, String why, Instant now) {
        if (!notice.isCritical() || !notice.channel().equals(Channel.WEBHOOK)) {
            return;
        }
        JsonObject data = new JsonObject()
                .put("notice", notice.id())
                .put("name", notice.recipient().name())
                .put("why", why);
        story.tell(
                tx,
                notice.incidentId(),
                now,
                StoryKind.NOTICE_FAILED,
                "could not ring " + notice.recipient().name() + ": " + why,
                data);
    }

    /** A late word that it was sent after all. */
    void sentAfterAll(Handle tx, String id) {
        tx.createUpdate("update alert.notice set state = 'sent' where id = :id and state in ('ready', 'unknown')"
                        + " and receipt is distinct from 'failed'")
                .bind("id", id)
                .execute();
    }

    void log(Handle tx, String id, Instant at, String outcome, String detail) {
        tx.createUpdate("insert into alert.notice_attempt (notice, at, outcome, detail)"
                        + " values (:notice, :at, :outcome, :detail)")
                .bind("notice", id)
                .bind("at", at)
                .bind("outcome", outcome)
                .bind("detail", detail)
                .execute();
    }

    /** Keeps the provider's receipt; the notice as it was before, or empty if there is none. */
    Optional<Notice> receipt(Handle tx, String id, String receipt, NoticeState state, Instant now) {
        Optional<Notice> before = tx.createQuery("select * from alert.notice where id = :id for update")
                .bind("id", id)
                .map(NoticeStore::read)
                .findOne();
        before.ifPresent(notice -> tx.createUpdate(
                        "update alert.notice set receipt = :receipt, receipt_at = :now, state = :state where id = :id")
                .bind("receipt", receipt)
                .bind("now", now)
                .bind(
                        "state",
                        (notice.progress().state().awaitsReceipt()
                                        ? state
                                        : notice.progress().state())
                                .word())
                .bind("id", id)
                .execute());
        return before;
    }

    public List<Notice> of(Handle tx, String incidentId) {
        return tx.createQuery("select * from alert.notice where incident = :incident order by created_at, id")
                .bind("incident", incidentId)
                .map(NoticeStore::read)
                .list();
    }

    private static Notice read(ResultSet row, StatementContext context) throws SQLException {
        Timestamp last = row.getTimestamp("last_attempt_at");
        return new Notice(
                row.getString("id"),
                row.getString("incident"),
                row.getString("channel"),
                new Recipient(row.getString("recipient"), row.getString("recipient_name"), row.getString("number")),
                new Notice.Matter(
                        row.getString("purpose"),
                        Priority.valueOf(row.getString("priority")),
                        IncidentKind.valueOf(row.getString("kind")),
                        row.getString("area")),
                row.getString("text"),
                new Notice.Progress(
                        NoticeState.ofWord(row.getString("state")),
                        row.getInt("attempts"),
                        row.getTimestamp("created_at").toInstant(),
                        last == null ? null : last.toInstant(),
                        row.getString("lease"),
                        row.getString("receipt")));
    }
}
