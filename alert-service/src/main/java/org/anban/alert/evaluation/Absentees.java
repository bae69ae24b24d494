package org.anban.alert.evaluation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.anban.alert.memory.DeviceTrack;
import org.anban.alert.rule.Rule.SignOfLife;
import org.anban.contracts.subject.SubjectId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whom to check after an outage of ours: all who were heard in the hour before it, until they are heard again. */
final class Absentees {
    private static final Logger log = LoggerFactory.getLogger(Absentees.class);
    private static final Duration LOOK_BACK = Duration.ofHours(1);

    private final Set<SubjectId> awaited;

    Absentees(Collection<SubjectId> awaited) {
        this.awaited = new HashSet<>(awaited);
    }

    boolean isAwaited(SubjectId subject) {
        return !awaited.isEmpty() && awaited.contains(subject);
    }

    void heard(SignOfLife sign, Effects effects) {
        if (awaited.remove(sign.subject())) {
            effects.back(sign);
        }
    }

    void outage(long batch, Instant from, Instant to, Collection<Dossier> dossiers, Effects effects) {
        long since = from.minus(LOOK_BACK).toEpochMilli();
        List<Outage.Check> checks = new ArrayList<>();
        for (Dossier dossier : dossiers) {
            long heard = 0;
            for (DeviceTrack device : dossier.memory().devices()) {
                heard = Math.max(heard, device.heardAt());
            }
            if (heard >= since) {
                checks.add(new Outage.Check(dossier.subject(), Instant.ofEpochMilli(heard), null));
                awaited.add(dossier.subject());
            }
        }
        effects.outage(new Outage(batch, from, to, checks));
        log.warn(
                "we did not listen from {} to {}; {} subjects that were heard before are to be checked",
                from,
                to,
                checks.size());
    }
}
