package org.anban.alert.escalation;

import java.time.Duration;
import java.util.List;
import org.anban.contracts.error.CareException;

/**
 * What is done while nobody takes an incident.
 *
 * @param steps in order, the first at once; empty if it is only on the list
 * @param repeat after the last step, again and again
 */
public record Ladder(List<LadderStep> steps, LadderStep repeat) {
    public Ladder {
        steps = List.copyOf(steps);
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i).after().compareTo(steps.get(i - 1).after()) < 0) {
                throw CareException.invalid("ladder: steps must be in the order of their times");
            }
        }
        if (repeat.after().compareTo(Duration.ofSeconds(1)) < 0) {
            throw CareException.invalid("ladder: a repeat needs a distance of at least a second");
        }
    }

    boolean isEmpty() {
        return steps.isEmpty();
    }

    /** The step at a position; every position after the last one is the repeat. */
    LadderStep step(int position) {
        return position < steps.size() ? steps.get(position) : repeat;
    }

    /** How long after a step the next one comes. */
    Duration gapAfter(int position) {
        return position + 1 < steps.size()
                ? steps.get(position + 1).after().minus(steps.get(position).after())
                : repeat.after();
    }
}
