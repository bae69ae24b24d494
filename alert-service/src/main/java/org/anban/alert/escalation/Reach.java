package org.anban.alert.escalation;

import java.util.List;
import org.anban.alert.notice.Recipient;

/**
 * Whom a target can be reached by now.
 *
 * @param failure why nobody can be; empty if somebody can
 * @param silent nobody could say, because the register did not answer
 */
record Reach(Target target, String channel, List<Recipient> recipients, String failure, boolean silent) {
    static Reach by(Target target, String channel, List<Recipient> recipients, String ifNobody) {
        return new Reach(target, channel, recipients, recipients.isEmpty() ? ifNobody : "", false);
    }

    static Reach silent(Target target, String channel) {
        return new Reach(target, channel, List.of(), "the register does not answer", true);
    }

    boolean isReachable() {
        return !recipients.isEmpty();
    }
}
