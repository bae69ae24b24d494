package org.anban.alert.detection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anban.alert.rule.Rule.SignOfLife;

/** What evaluating has brought about and is not yet durable. One transaction stores all of it. */
final class Effects {
    final List<Spoken> spoken = new ArrayList<>();
    final List<SetAsideEvent> setAside = new ArrayList<>();
    final List<Dossier> changed = new ArrayList<>();
    final List<Outage> outages = new ArrayList<>();
    /** In the telemetry lane: who was heard again of those on a list of an outage. */
    final List<SignOfLife> back = new ArrayList<>();
    /** In the alarm lane: by device, the last sign of life. */
    final Map<String, SignOfLife> heard = new HashMap<>();

    /** Whether something must be durable soon, rather than at the next checkpoint. */
    boolean urgent() {
        return !spoken.isEmpty() || !setAside.isEmpty() || !outages.isEmpty() || !heard.isEmpty();
    }

    boolean isEmpty() {
        return !urgent() && changed.isEmpty() && back.isEmpty();
    }

    void change(Dossier dossier) {
        if (dossier.change()) {
            changed.add(dossier);
        }
    }

    void saved() {
        changed.forEach(Dossier::saved);
        changed.clear();
        spoken.clear();
        setAside.clear();
        outages.clear();
        back.clear();
        heard.clear();
    }
}
