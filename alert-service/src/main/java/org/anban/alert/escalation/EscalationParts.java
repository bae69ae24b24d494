package org.anban.alert.escalation;

import io.micrometer.core.instrument.MeterRegistry;
import org.anban.alert.console.ConsoleStore;
import org.anban.alert.deadline.DeadlineStore;
import org.anban.alert.incident.Clocks;
import org.anban.alert.incident.Records;
import org.anban.alert.register.PatientRegister;

/**
 * What an escalator stands on.
 *
 * @param provider whether calls and messages can be sent at all
 */
public record EscalationParts(
        Records records,
        DeadlineStore deadlines,
        Clocks clocks,
        ConsoleStore consoles,
        PatientRegister register,
        EscalationPolicy policy,
        boolean provider,
        MeterRegistry meters) {}
