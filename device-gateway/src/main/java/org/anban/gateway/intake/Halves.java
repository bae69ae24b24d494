package org.anban.gateway.intake;

import org.anban.log.EventLog;

/** One message that has entries in both lanes: it is durable when both parts are. */
final class Halves implements Sender {
    private final Sender whole;
    private boolean oneIsSettled;
    private EventLog.Outcome outcome = EventLog.Outcome.COMMITTED;

    Halves(Sender whole) {
        this.whole = whole;
    }

    @Override
    public boolean takesOnlyAlarms() {
        return whole.takesOnlyAlarms();
    }

    @Override
    public void settled(long message, EventLog.Outcome half) {
        if (half != EventLog.Outcome.COMMITTED) {
            outcome = half;
        }
        if (oneIsSettled) {
            whole.settled(message, outcome);
        }
        oneIsSettled = true;
    }

    @Override
    public void answered() {
        whole.answered();
    }
}
