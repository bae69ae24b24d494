package org.anban.alert.escalation;

import java.time.Duration;
import java.util.List;

/**
 * One step of a ladder.
 *
 * @param name for people and programs
 * @param after since the ladder started, if every step before was reachable
 * @param targets rung in parallel
 * @param afterLook of a delayed incident only after a person has looked at it
 */
public record LadderStep(String name, Duration after, List<Target> targets, boolean afterLook) {
    public LadderStep {
        targets = List.copyOf(targets);
    }

    static LadderStep of(String name, int afterSeconds, Target... targets) {
        return new LadderStep(name, Duration.ofSeconds(afterSeconds), List.of(targets), false);
    }

    /** The same for those about whom the register did not answer. */
    LadderStep askedAgain() {
        return new LadderStep(
                name + "-again",
                after,
                targets.stream().filter(Target::needsRegister).toList(),
                afterLook);
    }

    LadderStep onlyAfterLook() {
        return new LadderStep(name, after, targets, true);
    }
}
