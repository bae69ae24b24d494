package org.anban.alert;

import java.time.Duration;
import org.anban.alert.escalation.EscalationPolicy;
import org.anban.alert.incident.IncidentConfig;
import org.anban.alert.notice.NoticeConfig;
import org.anban.alert.rule.RuleConfig;

/**
 * The numbers of the alert service.
 *
 * @param registerPatience how long an alarm waits for the register before it goes on without
 * @param background whether threads do what is due; without, only {@link AlertService#runDue} does
 */
public record AlertConfig(
        RuleConfig rules,
        IncidentConfig incidents,
        EscalationPolicy escalation,
        NoticeConfig notices,
        Duration registerPatience,
        boolean background) {
    public static final AlertConfig DEFAULT = new AlertConfig(
            RuleConfig.DEFAULT,
            IncidentConfig.DEFAULT,
            EscalationPolicy.DEFAULT,
            NoticeConfig.DEFAULT,
            Duration.ofMillis(500),
            true);

    public AlertConfig with(NoticeConfig other) {
        return new AlertConfig(rules, incidents, escalation, other, registerPatience, background);
    }

    public AlertConfig with(RuleConfig other) {
        return new AlertConfig(other, incidents, escalation, notices, registerPatience, background);
    }

    public AlertConfig inForeground() {
        return new AlertConfig(rules, incidents, escalation, notices, registerPatience, false);
    }
}
