package org.anban.alert.escalation;

import org.anban.alert.incident.Incident;

/** What a recipient is told: whom it is about and what to do, never what was measured. */
final class Wording {
    private Wording() {}

    static String forConsole(Incident incident, LadderStep step) {
        return incident.priority() + " " + incident.kind() + " · " + step.name();
    }

    static String forPhone(Incident incident) {
        String name = incident.label().name();
        return "安伴：" + name + " 有一条报警无人接手，请立即联系值守中心。" + " Anban: nobody has answered an alarm for " + name
                + " yet. Please call the care centre now.";
    }
}
