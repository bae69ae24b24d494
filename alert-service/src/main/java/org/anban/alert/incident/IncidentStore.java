package org.anban.alert.incident;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.anban.contracts.incident.IncidentKind;
import org.anban.contracts.subject.SubjectId;
import org.jdbi.v3.core.Handle;

/**
 * The incidents and cases in the database. Whoever changes an incident locks its case first; that is the only order.
 */
public final class IncidentStore {
    private static final String UNENDED = "state in ('CANDIDATE', 'OPEN', 'TAKEN')";

    /** Locks the open case of each of these subjects, in one order for everybody. */
    public void lockCases(Handle tx, Collection<SubjectId> subjects) {
        tx.createQuery("select id from alert.care_case where subject in (<subjects>) and ended_at is null"
                        + " order by subject for update")
                .bindList(
                        "subjects",
                        subjects.stream().map(SubjectId::toString).sorted().toList())
                .mapTo(String.class)
                .list();
    }

    /** The open case of a subject, made if there is none, and locked. */
    public String openCase(Handle tx, SubjectId subject, Instant now) {
        return tx.createQuery("insert into alert.care_case (id, subject, opened_at) values (:id, :subject, :now)"
                        + " on conflict (subject) where ended_at is null do update set subject = excluded.subject"
                        + " returning id")
                .bind("id", UUID.randomUUID().toString())
                .bind("subject", subject.toString())
                .bind("now", now)
                .mapTo(String.class)
                .one();
    }

    /** Locks the case of an incident, then reads the incident. */
    public Optional<Incident> lock(Handle tx, String incidentId) {
        tx.createQuery("select id from alert.care_case where id = (select case_id from alert.incident where id = :id)"
                        + " for update")
                .bind("id", incidentId)
                .mapTo(String.class)
                .list();
        return find(tx, incidentId);
    }

    public Optional<Incident> find(Handle tx, String incidentId) {
        return tx.createQuery("select * from alert.incident where id = :id")
                .bind("id", incidentId)
                .map(IncidentRows::read)
                .findOne();
    }

    public Optional<Incident> open(Handle tx, SubjectId subject, IncidentKind kind) {
        return tx.createQuery("select * from alert.incident where subject = :subject and kind = :kind and " + UNENDED)
                .bind("subject", subject.toString())
                .bind("kind", kind.name())
                .map(IncidentRows::read)
                .findOne();
    }

    /** The newest incident that a person closed, whose span from its first event to its end covers an instant. */
    public Optional<Incident> closedAround(Handle tx, SubjectId subject, IncidentKind kind, Instant at) {
        return tx.createQuery("select * from alert.incident where subject = :subject and kind = :kind"
                        + " and state = 'CLOSED' and first_event_at <= :at and ended_at >= :at"
                        + " order by ended_at desc limit 1")
                .bind("subject", subject.toString())
                .bind("kind", kind.name())
                .bind("at", at)
                .map(IncidentRows::read)
                .findOne();
    }

    /**
     * Opens an incident, or joins the one that is open: then the joined count and the version rise by one and the
     * priority may rise, and the answer is that incident. The unique index decides which it is.
     */
    public Incident openOrJoin(Handle tx, Incident fresh, Instant now) {
        return IncidentRows.bind(
                        tx.createQuery("insert into alert.incident as i (id, case_id, subject, kind, state, priority,"
                                + " name, area, station, opened_at, event_at, received_at, device_at, clock_wrong,"
                                + " first_event_at, labelled, delayed, suspect, clock_run, version, changed_at)"
                                + " values (:id, :case_id, :subject, :kind, :state, :priority, :name, :area, :station,"
                                + " :opened, :event, :received, :device, :clock_wrong, :event, :labelled, :delayed,"
                                + " :suspect, :clock_run, :version, :now)"
                                + " on conflict (subject, kind) where " + UNENDED
                                + " do update set joined = i.joined + 1, version = i.version + 1,"
                                + " priority = least(i.priority, excluded.priority), changed_at = :now,"
                                + " first_event_at = least(i.first_event_at, excluded.first_event_at)"
                                + " returning *"),
                        fresh)
                .bind("case_id", fresh.caseId())
                .bind("subject", fresh.subject().toString())
                .bind("kind", fresh.kind().name())
                .bind("opened", fresh.origin().openedAt())
                .bind("event", fresh.origin().eventAt())
                .bind("received", fresh.origin().receivedAt())
                .bind("device", fresh.origin().deviceAt())
                .bind("clock_wrong", fresh.origin().clockWrong())
                .bind("now", now)
                .map(IncidentRows::read)
                .one();
    }

    /** Writes what can change; the caller holds the lock of the case. */
    public Incident save(Handle tx, Incident incident, Instant now) {
        IncidentRows.bind(
                        tx.createUpdate("update alert.incident set name = :name, area = :area, station = :station,"
                                + " state = :state, priority = :priority, delayed = :delayed, suspect = :suspect,"
                                + " looked = :looked, ringing = :ringing, labelled = :labelled, taken_by = :taken_by,"
                                + " taken_name = :taken_name, taken_at = :taken_at, clock_run = :clock_run,"
                                + " stale_at = :stale_at, version = :version, ended_at = :ended_at,"
                                + " ended_by = :ended_by, disposition = :disposition, changed_at = :now"
                                + " where id = :id"),
                        incident)
                .bind("now", now)
                .execute();
        return incident;
    }

    /** Ends a case whose incidents have all ended. */
    public void endCaseIfDone(Handle tx, String caseId, Instant now) {
        tx.createUpdate("update alert.care_case set ended_at = :now where id = :id and not exists"
                        + " (select 1 from alert.incident where case_id = :id and " + UNENDED + ")")
                .bind("now", now)
                .bind("id", caseId)
                .execute();
    }

    /** Those of a case that have not ended, the most urgent first. */
    public List<Incident> openOfCase(Handle tx, String caseId) {
        return tx.createQuery("select * from alert.incident where case_id = :id and " + UNENDED
                        + " order by priority, opened_at, id")
                .bind("id", caseId)
                .map(IncidentRows::read)
                .list();
    }

    /** Everything that has not ended, the most urgent first; and with it what changed or ended since an instant. */
    public List<Incident> openAndChangedSince(Handle tx, Instant since) {
        return tx.createQuery("select * from alert.incident where " + UNENDED + " or changed_at > :since"
                        + " order by priority, opened_at, id")
                .bind("since", since)
                .map(IncidentRows::read)
                .list();
    }

    /** Those that staff of these areas may know of; one whose area is unknown is everybody's. */
    public List<Incident> inStates(Handle tx, Collection<IncidentState> states, List<String> areas, int limit) {
        return tx.createQuery("select * from alert.incident where state in (<states>)"
                        + " and (area = '' or exists (select 1 from unnest(:areas) as a"
                        + " where a = '' or area = a or starts_with(area, a || '/')))"
                        + " order by (ended_at is not null), ended_at desc, priority, opened_at, id limit :limit")
                .bindList("states", states.stream().map(Enum::name).toList())
                .bindArray("areas", String.class, areas)
                .bind("limit", limit)
                .map(IncidentRows::read)
                .list();
    }

    /** Newest first; those that are open whatever their age. */
    public List<Incident> ofSubject(Handle tx, SubjectId subject, Instant since, int limit) {
        return tx.createQuery("select * from alert.incident where subject = :subject and (opened_at >= :since or "
                        + UNENDED + ") order by opened_at desc, id limit :limit")
                .bind("subject", subject.toString())
                .bind("since", since)
                .bind("limit", limit)
                .map(IncidentRows::read)
                .list();
    }

    /** Whether anything of P0 or P1 has not ended. */
    public boolean criticalOpen(Handle tx) {
        return tx.createQuery("select exists (select 1 from alert.incident where " + UNENDED
                        + " and priority in ('P0', 'P1'))")
                .mapTo(Boolean.class)
                .one();
    }

    /** Those that opened while the register did not answer. */
    public List<String> unlabelled(Handle tx, int limit) {
        return tx.createQuery("select id from alert.incident where not labelled and " + UNENDED
                        + " order by opened_at limit :limit")
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
    }
}
