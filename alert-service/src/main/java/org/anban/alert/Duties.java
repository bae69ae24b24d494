package org.anban.alert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.anban.alert.console.ConsoleChannel;
import org.anban.alert.console.LiveStreams;
import org.anban.alert.escalation.EscalationParts;
import org.anban.alert.escalation.Escalator;
import org.anban.alert.intake.Labelling;
import org.anban.alert.notice.Channel;
import org.anban.alert.notice.Dispatcher;
import org.anban.alert.notice.NoticeConfig;
import org.anban.alert.notice.WebhookChannel;

/** Everything that comes due by itself: deadlines, notices, names that were missing, and what consoles are told. */
record Duties(Escalator escalator, List<Dispatcher> dispatchers, Labelling labelling, LiveStreams streams) {

    static Duties of(AlertService.Parts parts, Desks desks) {
        NoticeConfig.Webhook webhook = parts.config().notices().webhook();
        List<Dispatcher> dispatchers = new ArrayList<>();
        dispatchers.add(dispatcher(parts, desks, new ConsoleChannel(desks.streams())));
        if (webhook != null) {
            dispatchers.add(dispatcher(parts, desks, new WebhookChannel(webhook, parts.time())));
        }
        EscalationParts escalation = new EscalationParts(
                desks.cases().records(),
                desks.deadlines(),
                desks.cases().clocks(),
                desks.consoles(),
                desks.register(),
                parts.config().escalation(),
                webhook != null,
                parts.meters());
        return new Duties(
                new Escalator(parts.database(), parts.time(), escalation),
                List.copyOf(dispatchers),
                new Labelling(parts.database(), parts.time(), desks.cases().records(), desks.register()),
                desks.streams());
    }

    private static Dispatcher dispatcher(AlertService.Parts parts, Desks desks, Channel channel) {
        return new Dispatcher(
                parts.database(),
                parts.time(),
                desks.cases().records().notices(),
                channel,
                parts.config().notices(),
                parts.meters());
    }

    /** What keeps people from being told, in words; empty if nothing does. */
    Optional<String> problem() {
        return dispatchers.stream()
                .flatMap(dispatcher -> dispatcher.problem().stream())
                .findFirst();
    }

    /** Does everything that is due now, also what becomes due by it, and tells the consoles. */
    void runDue() throws InterruptedException {
        int done;
        do {
            done = escalator.runDue() + labelling.runDue();
            for (Dispatcher dispatcher : dispatchers) {
                done += dispatcher.runDue();
            }
        } while (done > 0);
        streams.publish();
    }
}
