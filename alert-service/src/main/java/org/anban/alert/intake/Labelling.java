package org.anban.alert.intake;

import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anban.alert.incident.Incident;
import org.anban.alert.incident.Records;
import org.anban.alert.incident.Standing;
import org.anban.alert.register.PatientRegister;
import org.anban.alert.story.StoryKind;
import org.anban.contracts.error.CareException;
import org.anban.contracts.subject.SubjectLabel;
import org.anban.kit.database.Database;

/** Completes incidents that opened while the register did not answer. */
public final class Labelling {
    private static final int AT_ONCE = 50;
    private static final int MOST_WAITING = 2_000;

    private final Database database;
    private final InstantSource time;
    private final Records records;
    private final PatientRegister register;
    private final Map<String, Integer> failures = new HashMap<>();

    public Labelling(Database database, InstantSource time, Records records, PatientRegister register) {
        this.database = database;
        this.time = time;
        this.records = records;
        this.register = register;
    }

    /**
     * Asks again for those that failed least often, and says how many it completed. Those for whom the register always
     * fails keep no other waiting.
     */
    public synchronized int runDue() {
        List<String> waiting = database.inTransaction(tx -> records.incidents().unlabelled(tx, MOST_WAITING));
        failures.keySet().retainAll(Set.copyOf(waiting));
        int completed = 0;
        for (String id : leastFailedFirst(waiting)) {
            try {
                completed += complete(id) ? 1 : 0;
            } catch (CareException e) {
                failures.merge(id, 1, Integer::sum);
            }
        }
        return completed;
    }

    private List<String> leastFailedFirst(List<String> waiting) {
        return waiting.stream()
                .sorted(Comparator.comparingInt(id -> failures.getOrDefault(id, 0)))
                .limit(AT_ONCE)
                .toList();
    }

    private boolean complete(String id) {
        Incident seen =
                database.inTransaction(tx -> records.incidents().find(tx, id)).orElseThrow();
        SubjectLabel label = register.label(seen.subject());
        return database.inTransaction(tx -> {
            Incident incident = records.incidents().lock(tx, id).orElseThrow();
            if (incident.standing().marks().labelled()) {
                return false;
            }
            Standing standing =
                    incident.standing().with(incident.standing().marks().withLabelled());
            records.incidents().save(tx, incident.with(label).with(standing.changed()), time.instant());
            records.story()
                    .tell(
                            tx,
                            incident.id(),
                            time.instant(),
                            StoryKind.LABELLED,
                            "name and area known",
                            new JsonObject());
            return true;
        });
    }
}
