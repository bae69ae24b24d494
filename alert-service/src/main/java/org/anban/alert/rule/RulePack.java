package org.anban.alert.rule;

import java.util.List;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.ReportKind;
import org.anban.contracts.incident.IncidentKind;

/** The rules that are in force, in the order in which they judge. */
public final class RulePack {
    private final RuleConfig config;
    private final List<Rule> rules;
    private final List<Rule> alarm;
    private final List<Rule> telemetry;

    public RulePack(RuleConfig config, List<Rule> rules) {
        this.config = config;
        this.rules = List.copyOf(rules);
        this.alarm = rules.stream().filter(rule -> rule.lane() == Lane.ALARM).toList();
        this.telemetry =
                rules.stream().filter(rule -> rule.lane() == Lane.TELEMETRY).toList();
    }

    /** The first pack. */
    public static RulePack standard(RuleConfig config) {
        return new RulePack(
                config,
                List.of(
                        new FloodRule(config),
                        new RepeatRule(config),
                        new DangerRule(ReportKind.SOS, IncidentKind.SOS, config),
                        new DangerRule(ReportKind.SMOKE, IncidentKind.SMOKE, config),
                        new DangerRule(ReportKind.GAS, IncidentKind.GAS, config),
                        new DangerRule(ReportKind.CO, IncidentKind.CO, config),
                        new FallRule(config),
                        new SilenceRule(config),
                        new ConditionRule(config),
                        new VitalRule(Vital.HEART_RATE_HIGH, config),
                        new VitalRule(Vital.HEART_RATE_LOW, config),
                        new VitalRule(Vital.SPO2_LOW, config)));
    }

    public RuleConfig config() {
        return config;
    }

    public List<Rule> rules() {
        return rules;
    }

    public List<Rule> of(Lane lane) {
        return lane == Lane.ALARM ? alarm : telemetry;
    }
}
