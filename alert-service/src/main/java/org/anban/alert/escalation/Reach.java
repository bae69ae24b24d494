package org.anban.alert.escalation;

import java.util.List;
import org.anban.alert.notice.Recipient;

/**
 * Whom a target can be reached by now.
 *
 * @param failure why nobody can be; empty if somebody can
 */
record Reach(Target target, String channel, List<Recipient> recipients, String failure) {
    static Reach by(Target target, String channel, List<Recipient> recipients, String ifNobody) {
        return new Reach(target, channel, recipients, recipients.isEmpty() ? ifNobody : "");
    }

    boolean isReachable() {
        return !recipients.isEmpty();
    }
}
