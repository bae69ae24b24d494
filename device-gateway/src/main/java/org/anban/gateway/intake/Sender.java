package org.anban.gateway.intake;

import org.anban.log.EventLog;

/** Whoever waits for messages to become durable. Called on the event loop of the {@link Intake}. */
public interface Sender {
    /** Whether telemetry must be left, because too much of this sender's waits already; its alarms are taken, with whatever came in one message with them. */
    boolean takesOnlyAlarms();

    /** Whether a message that is lost, for all we can tell, is sent again. */
    default boolean comesBack(long message) {
        return true;
    }

    /** Whether what is known of the sender is the register's last word; if not, it is asked before an alarm is set aside. */
    default boolean isSure(long message) {
        return true;
    }

    /** What came of one message. Answers are collected until {@link #answered}. */
    void settled(long message, EventLog.Outcome outcome);

    /** Everything of one commit was settled: send what can be sent. */
    void answered();
}
