package org.anban.alert.escalation;

import static org.anban.alert.escalation.Target.DUTY_MANAGER;
import static org.anban.alert.escalation.Target.FAMILY;
import static org.anban.alert.escalation.Target.OPERATORS;
import static org.anban.alert.escalation.Target.SECOND_OPERATOR;
import static org.anban.alert.escalation.Target.STATION;
import static org.anban.alert.escalation.Target.SUPERVISOR;

import java.time.Duration;
import java.util.List;
import org.anban.contracts.incident.Priority;

/**
 * Who is rung when. The times are those of the domain notes 6.5 and, for what is not critical, the answer clocks of 1.3.
 *
 * @param critical for P0 and P1
 * @param delayed for P0 and P1 whose news is old: operators and station at once, family and later steps only after a
 *     person has looked
 * @param lookAgain how often consoles are rung while nobody has looked
 */
public record EscalationPolicy(
        Ladder critical, Ladder delayed, Ladder important, Ladder minor, Ladder listed, Duration lookAgain) {
    private static final Target[] EVERYBODY = {OPERATORS, SUPERVISOR, DUTY_MANAGER};

    public static final EscalationPolicy DEFAULT = new EscalationPolicy(
            new Ladder(
                    List.of(
                            LadderStep.of("operators", 0, OPERATORS),
                            LadderStep.of("supervisor", 30, SUPERVISOR),
                            LadderStep.of("second-operator", 60, SECOND_OPERATOR),
                            LadderStep.of("family-and-station", 120, FAMILY, STATION),
                            LadderStep.of("duty-manager", 180, DUTY_MANAGER)),
                    LadderStep.of("everybody", 60, EVERYBODY)),
            new Ladder(
                    List.of(
                            LadderStep.of("operators-and-station", 0, OPERATORS, STATION),
                            LadderStep.of("supervisor", 30, SUPERVISOR),
                            LadderStep.of("second-operator", 60, SECOND_OPERATOR),
                            LadderStep.of("family", 120, FAMILY).onlyAfterLook(),
                            LadderStep.of("duty-manager", 180, DUTY_MANAGER).onlyAfterLook()),
                    LadderStep.of("everybody", 60, EVERYBODY)),
            new Ladder(
                    List.of(LadderStep.of("operators", 0, OPERATORS), LadderStep.of("supervisor", 180, SUPERVISOR)),
                    LadderStep.of("again", 600, OPERATORS, SUPERVISOR)),
            new Ladder(
                    List.of(LadderStep.of("operators", 0, OPERATORS), LadderStep.of("supervisor", 900, SUPERVISOR)),
                    LadderStep.of("again", 1800, OPERATORS, SUPERVISOR)),
            new Ladder(List.of(), LadderStep.of("again", 86_400, OPERATORS)),
            Duration.ofSeconds(60));

    public Ladder ladder(Priority priority, boolean isDelayed) {
        return switch (priority) {
            case P0, P1 -> isDelayed ? delayed : critical;
            case P2 -> important;
            case P3 -> minor;
            case P4 -> listed;
        };
    }
}
