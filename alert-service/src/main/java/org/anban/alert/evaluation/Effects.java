package org.anban.alert.evaluation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anban.alert.blackout.Blackout;
import org.anban.alert.rule.Rule.SignOfLife;
import org.anban.alert.signal.AlertSignal;

/** What evaluating has brought about and is not yet durable. One transaction stores all of it. */
public final class Effects {
    private final List<Spoken> spoken = new ArrayList<>();
    private final List<SetAsideEvent> setAside = new ArrayList<>();
    private final List<Dossier> changed = new ArrayList<>();
    private final List<Outage> outages = new ArrayList<>();
    private final Set<Blackout> blackouts = new LinkedHashSet<>();
    private final List<SignOfLife> back = new ArrayList<>();
    private final Map<String, SignOfLife> heard = new HashMap<>();

    Effects() {}

    /** Signals in the order in which they were said. */
    public List<Spoken> spoken() {
        return Collections.unmodifiableList(spoken);
    }

    public List<SetAsideEvent> setAside() {
        return Collections.unmodifiableList(setAside);
    }

    /** Whose memory has changed. */
    public List<Dossier> changed() {
        return Collections.unmodifiableList(changed);
    }

    public List<Outage> outages() {
        return Collections.unmodifiableList(outages);
    }

    /** Outages of many that have begun, changed or passed. */
    public Set<Blackout> blackouts() {
        return Collections.unmodifiableSet(blackouts);
    }

    /** In the telemetry lane: who was heard again of those on the list of an outage. */
    public List<SignOfLife> back() {
        return Collections.unmodifiableList(back);
    }

    /** In the alarm lane: the last sign of life of each device. */
    public Collection<SignOfLife> heard() {
        return Collections.unmodifiableCollection(heard.values());
    }

    /** Whether something must be durable at once, rather than at the next checkpoint. */
    public boolean urgent() {
        return !spoken.isEmpty() || !setAside.isEmpty() || !outages.isEmpty() || !heard.isEmpty();
    }

    public boolean isEmpty() {
        return !urgent() && changed.isEmpty() && back.isEmpty() && blackouts.isEmpty();
    }

    /** All of it is durable. */
    public void stored() {
        changed.forEach(Dossier::saved);
        changed.clear();
        spoken.clear();
        setAside.clear();
        outages.clear();
        blackouts.forEach(Blackout::saved);
        blackouts.clear();
        back.clear();
        heard.clear();
    }

    void say(long batch, int place, AlertSignal signal) {
        spoken.add(new Spoken(batch, place, signal));
    }

    void setAside(SetAsideEvent event) {
        setAside.add(event);
    }

    void change(Dossier dossier) {
        if (dossier.change()) {
            changed.add(dossier);
        }
    }

    void outage(Outage outage) {
        outages.add(outage);
    }

    void blackouts(Set<Blackout> changedOnes) {
        blackouts.addAll(changedOnes);
    }

    void back(SignOfLife sign) {
        back.add(sign);
    }

    void heard(SignOfLife sign) {
        heard.put(sign.device(), sign);
    }
}
