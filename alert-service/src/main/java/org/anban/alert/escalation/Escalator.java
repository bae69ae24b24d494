package org.anban.alert.escalation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.anban.alert.deadline.Deadline;
import org.anban.alert.deadline.DeadlineKind;
import org.anban.alert.incident.Clocks;
import org.anban.alert.incident.Incident;
import org.anban.alert.incident.IncidentState;
import org.anban.kit.database.Database;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acts on deadlines that are due. Each is claimed and acted on in one transaction, so it acts once, however many
 * escalators run and whenever one dies. One that fails is put off, so that it holds up no other.
 */
public final class Escalator {
    private static final Logger LOG = LoggerFactory.getLogger(Escalator.class);
    private static final Duration PUT_OFF = Duration.ofSeconds(5);
    private static final Duration LONGEST_REST = Duration.ofMillis(500);

    private final Database database;
    private final InstantSource time;
    private final EscalationParts parts;
    private final LadderClimber climber;

    public Escalator(Database database, InstantSource time, EscalationParts parts) {
        this.database = database;
        this.time = time;
        this.parts = parts;
        this.climber = new LadderClimber(
                parts.records(),
                parts.deadlines(),
                new Reaching(parts.consoles(), parts.register(), parts.provider()),
                parts.policy(),
                parts.meters());
    }

    /** Acts on everything that is due now, and says how many deadlines that were. */
    public synchronized int runDue() {
        int acted = 0;
        while (actOnNext()) {
            acted++;
        }
        return acted;
    }

    /** How long a reader may sleep if nobody wakes it. */
    public Duration rest() {
        Optional<Instant> next = database.inTransaction(parts.deadlines()::nextDue);
        return next.map(due -> Duration.between(time.instant(), due))
                .filter(wait -> wait.compareTo(LONGEST_REST) < 0)
                .map(wait -> wait.isNegative() ? Duration.ofMillis(20) : wait.plusMillis(1))
                .orElse(LONGEST_REST);
    }

    private boolean actOnNext() {
        Instant now = time.instant();
        return database.inTransaction(tx -> {
            Optional<Deadline> due = parts.deadlines().claim(tx, now);
            due.ifPresent(deadline -> actOrPutOff(tx, deadline, now));
            return due.isPresent();
        });
    }

    private void actOrPutOff(Handle tx, Deadline due, Instant now) {
        tx.savepoint("before_act");
        try {
            act(tx, due, now);
        } catch (RuntimeException e) {
            LOG.error("a {} of incident {} failed and is put off", due.kind(), due.incidentId(), e);
            parts.meters().counter("anban.escalation.put_off").increment();
            tx.rollbackToSavepoint("before_act");
            parts.deadlines()
                    .add(
                            tx,
                            new Deadline(
                                    due.incidentId(),
                                    due.kind(),
                                    due.step(),
                                    due.run(),
                                    due.priority(),
                                    now.plus(PUT_OFF)));
        }
    }

    private void act(Handle tx, Deadline due, Instant now) {
        Optional<Incident> found = parts.records().incidents().lock(tx, due.incidentId());
        if (found.isEmpty() || !isDue(found.get(), due)) {
            return;
        }
        Incident incident = found.get();
        Clocks clocks = parts.clocks();
        switch (due.kind()) {
            case STEP -> climber.climb(tx, incident, due, now);
            case STALE -> parts.records().incidents().save(tx, clocks.reopen(tx, incident, now), now);
            case CONFIRM -> parts.records().incidents().save(tx, clocks.confirm(tx, incident, now), now);
        }
    }

    /** Whether a deadline still says something: clocks that were held or restarted have another run. */
    private static boolean isDue(Incident incident, Deadline due) {
        if (due.kind() == DeadlineKind.CONFIRM) {
            return !incident.state().isEnded() && incident.standing().marks().suspect();
        }
        IncidentState needed = due.kind() == DeadlineKind.STALE ? IncidentState.TAKEN : IncidentState.OPEN;
        return incident.state() == needed && incident.standing().run() == due.run();
    }
}
