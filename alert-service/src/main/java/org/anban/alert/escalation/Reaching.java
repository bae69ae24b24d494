package org.anban.alert.escalation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.anban.alert.console.Console;
import org.anban.alert.console.ConsoleStore;
import org.anban.alert.incident.Incident;
import org.anban.alert.notice.Channel;
import org.anban.alert.notice.EmergencyNumbers;
import org.anban.alert.notice.Notice;
import org.anban.alert.notice.NoticeState;
import org.anban.alert.notice.Recipient;
import org.anban.alert.register.PatientRegister;
import org.anban.contracts.access.Role;
import org.anban.contracts.error.CareException;
import org.anban.contracts.subject.Contact;
import org.jdbi.v3.core.Handle;

/**
 * Who can be rung now. A console can if its person is logged in, on duty, works in the area, and it answered a beat
 * within 15 s; a telephone can if there is a number and a provider.
 */
final class Reaching {
    private final ConsoleStore consoles;
    private final PatientRegister register;
    private final boolean provider;

    Reaching(ConsoleStore consoles, PatientRegister register, boolean provider) {
        this.consoles = consoles;
        this.register = register;
        this.provider = provider;
    }

    /**
     * Who can be rung for a target, by each way there is.
     *
     * @param rung whom this run of the ladder has rung already
     */
    List<Reach> of(Handle tx, Target target, Incident incident, Set<String> rung, Instant now) {
        String area = incident.label().areaPath();
        return switch (target) {
            case OPERATORS -> List.of(console(target, people(tx, Role.OPERATOR, area, now), "no operator's console"));
            case SUPERVISOR ->
                List.of(console(target, people(tx, Role.SUPERVISOR, area, now), "no supervisor's console"));
            case SECOND_OPERATOR ->
                List.of(console(
                        target, second(people(tx, Role.OPERATOR, area, now), rung), "no second operator's console"));
            case FAMILY, STATION -> List.of(phones(target, incident));
            case DUTY_MANAGER ->
                List.of(
                        console(target, people(tx, Role.DUTY_MANAGER, area, now), "no duty manager's console"),
                        phones(target, incident));
        };
    }

    /** Those whose telephone could not be rung by the last notice of this run, with the number they have by now. */
    List<Recipient> failed(List<Notice> ofRun, Incident incident) {
        Map<String, Notice> last = new LinkedHashMap<>();
        ofRun.stream()
                .filter(notice -> notice.channel().equals(Channel.WEBHOOK))
                .forEach(notice -> last.put(notice.recipient().id(), notice));
        last.values()
                .removeIf(notice -> notice.progress().state() != NoticeState.FAILED
                        || EmergencyNumbers.contains(notice.recipient().number()));
        if (last.isEmpty()) {
            return List.of();
        }
        List<Reach> now = List.of(Target.FAMILY, Target.STATION, Target.DUTY_MANAGER).stream()
                .map(target -> phones(target, incident))
                .toList();
        return now.stream().anyMatch(Reach::silent)
                ? last.values().stream().map(Notice::recipient).toList()
                : now.stream()
                        .flatMap(reach -> reach.recipients().stream())
                        .filter(recipient -> last.containsKey(recipient.id()))
                        .toList();
    }

    private Reach phones(Target target, Incident incident) {
        return switch (target) {
            case FAMILY -> phones(target, () -> family(incident), "no contact with a number");
            case STATION ->
                phones(
                        target,
                        () -> register.station(incident.label().station()).stream()
                                .toList(),
                        "the station has no number");
            default ->
                phones(
                        target,
                        () -> register.dutyManager(incident.label().areaPath()).stream()
                                .toList(),
                        "no duty manager's number");
        };
    }

    private List<Recipient> people(Handle tx, Role role, String area, Instant now) {
        Map<String, Recipient> people = new LinkedHashMap<>();
        for (Console console : consoles.reachable(tx, now)) {
            if (console.serves(role, area)) {
                people.putIfAbsent(console.personId(), new Recipient(console.personId(), console.name(), ""));
            }
        }
        return List.copyOf(people.values());
    }

    /** Operators who were not rung yet; if all were, all but the first: they are there, and are told once more. */
    private static List<Recipient> second(List<Recipient> operators, Set<String> rung) {
        if (operators.size() < 2) {
            return List.of();
        }
        List<Recipient> others =
                operators.stream().filter(o -> !rung.contains(o.id())).toList();
        return others.isEmpty() ? operators.subList(1, operators.size()) : others;
    }

    private static Reach console(Target target, List<Recipient> people, String ifNobody) {
        return Reach.by(target, Channel.CONSOLE, people, ifNobody + " is on duty and connected");
    }

    private Reach phones(Target target, Supplier<List<Contact>> question, String ifNobody) {
        if (!provider) {
            return Reach.by(target, Channel.WEBHOOK, List.of(), "no provider for calls and messages is configured");
        }
        try {
            List<Recipient> recipients = new ArrayList<>();
            for (Contact contact : question.get()) {
                if (!contact.phone().isBlank()) {
                    recipients.add(new Recipient(contact.id(), contact.name(), contact.phone()));
                }
            }
            boolean anyAllowed = recipients.stream().anyMatch(r -> !EmergencyNumbers.contains(r.number()));
            return Reach.by(target, Channel.WEBHOOK, anyAllowed ? recipients : List.of(), ifNobody);
        } catch (CareException e) {
            return Reach.silent(target, Channel.WEBHOOK);
        }
    }

    /** Everybody but the resident, whose own telephone is the operator's to ring. */
    private List<Contact> family(Incident incident) {
        return register.contacts(incident.subject()).stream()
                .filter(contact -> !contact.relation().equals("resident"))
                .toList();
    }
}
