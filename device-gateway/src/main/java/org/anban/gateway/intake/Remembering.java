package org.anban.gateway.intake;

import java.util.List;
import org.anban.gateway.source.States;
import org.anban.log.EventLog;

/** One message that says that states began: they are known when it is durable. */
final class Remembering implements Sender {
    private final Sender sender;
    private final List<States.Told> told;

    Remembering(Sender sender, List<States.Told> told) {
        this.sender = sender;
        this.told = told;
    }

    @Override
    public boolean takesOnlyAlarms() {
        return sender.takesOnlyAlarms();
    }

    @Override
    public void settled(long message, EventLog.Outcome outcome) {
        if (outcome == EventLog.Outcome.COMMITTED) {
            told.forEach(States.Told::durable);
        }
        sender.settled(message, outcome);
    }

    @Override
    public void answered() {
        sender.answered();
    }
}
