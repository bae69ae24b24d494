package org.anban.alert.rule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anban.alert.memory.SubjectMemory;
import org.anban.alert.signal.AlertSignal;
import org.anban.contracts.event.LogEntry;
import org.anban.contracts.subject.SubjectId;

/** Plays entries to the standard rules and hears what they say. */
final class Scene {
    final Register register = new Register();
    private final RulePack pack;
    private final Map<SubjectId, SubjectMemory> memories = new HashMap<>();
    private final List<AlertSignal> said = new ArrayList<>();
    private Instant listeningSince = Instant.EPOCH;
    private long batch;

    Scene() {
        this(RuleConfig.DEFAULT);
    }

    Scene(RuleConfig config) {
        pack = RulePack.standard(config);
    }

    /** Entries received together at this second; returns what the rules say to them. */
    List<AlertSignal> play(double at, LogEntry... entries) {
        said.clear();
        batch++;
        for (int i = 0; i < entries.length; i++) {
            LogEntry entry = entries[i];
            Sighting sighting = new Sighting(entry.event().lane(), batch, i, Entries.at(at), entry, register);
            SubjectMemory memory = memories.computeIfAbsent(entry.subject(), key -> new SubjectMemory());
            for (Rule rule : pack.of(sighting.lane())) {
                if (rule.judge(sighting, memory, said::add)) {
                    break;
                }
            }
        }
        return List.copyOf(said);
    }

    /** One entry at the time it was received. */
    List<AlertSignal> play(LogEntry entry) {
        return play((entry.event().time().receivedAt().toEpochMilli() - Entries.START.toEpochMilli()) / 1000.0, entry);
    }

    /** Time passes until this second. */
    List<AlertSignal> until(double second) {
        said.clear();
        Rule.Moment moment = new Rule.Moment(Entries.at(second), listeningSince, register);
        memories.forEach(
                (subject, memory) -> pack.rules().forEach(rule -> rule.judge(moment, subject, memory, said::add)));
        return List.copyOf(said);
    }

    void listenSince(double at) {
        listeningSince = Entries.at(at);
    }

    static List<String> brief(List<AlertSignal> signals) {
        return signals.stream()
                .map(signal -> signal.action() + " " + signal.kind() + " " + signal.priority())
                .toList();
    }
}
