package org.anban.alert;

import org.anban.alert.call.CallStore;
import org.anban.alert.casefile.Concerns;
import org.anban.alert.casework.CaseParts;
import org.anban.alert.console.ConsoleStore;
import org.anban.alert.console.LiveStreams;
import org.anban.alert.deadline.DeadlineStore;
import org.anban.alert.dispatch.DispatchStore;
import org.anban.alert.incident.Clocks;
import org.anban.alert.incident.IncidentStore;
import org.anban.alert.incident.Records;
import org.anban.alert.intake.IncidentDesk;
import org.anban.alert.notice.NoticeStore;
import org.anban.alert.register.PatientRegister;
import org.anban.alert.signal.SignalStore;
import org.anban.alert.story.Story;
import org.anban.alert.wake.Bell;

/** Where incidents are made and worked on, wired together. */
record Desks(
        CaseParts cases,
        DeadlineStore deadlines,
        ConsoleStore consoles,
        PatientRegister register,
        IncidentDesk incidents,
        LiveStreams streams,
        Concerns concerns) {

    static Desks of(AlertService.Parts parts, Bell bell) {
        DeadlineStore deadlines = new DeadlineStore();
        ConsoleStore consoles = new ConsoleStore();
        Records records = new Records(new IncidentStore(), new SignalStore(), new Story(), new NoticeStore());
        Clocks clocks = new Clocks(deadlines, records.story(), parts.config().incidents());
        CaseParts cases = new CaseParts(
                parts.database(), parts.time(), records, clocks, new CallStore(), new DispatchStore(), bell);
        PatientRegister register = new PatientRegister(
                parts.neighbours().residents(), parts.config().registerPatience());
        IncidentDesk incidents = new IncidentDesk(records, clocks, register, bell, parts.meters());
        return new Desks(
                cases,
                deadlines,
                consoles,
                register,
                incidents,
                new LiveStreams(parts.database(), parts.time(), records.incidents(), consoles, parts.meters()),
                new Concerns(cases, incidents, register, parts.neighbours().family()));
    }
}
