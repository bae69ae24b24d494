package org.anban.gateway.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.event.DeviceEvent;
import org.anban.contracts.event.DeviceReport;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.LogEntry;
import org.anban.contracts.subject.SubjectId;
import org.anban.gateway.payload.Address;
import org.anban.gateway.payload.Channel;
import org.anban.gateway.payload.Decoders;
import org.anban.gateway.payload.Findings;
import org.anban.gateway.payload.UnusablePayload;
import org.anban.gateway.presence.Presence;
import org.anban.gateway.presence.Presences;
import org.anban.gateway.setaside.Reason;
import org.anban.gateway.setaside.SetAsides;
import org.anban.gateway.source.Source;
import org.anban.gateway.source.States;
import org.jspecify.annotations.Nullable;

/**
 * One message while it is decoded: its entries, each of the device that it is about and for the right subject. Scratch
 * space of one event loop.
 */
final class Message implements Findings {
    private static final byte[] NO_EXAMPLE = {};

    /** In messages: hours of readings in one pack are welcome, tens of thousands a second are not. */
    private static final double COST_OF_FURTHER_READING = 0.05;

    private record Noted(Source about, Reason reason, String field) {}

    private record Begun(DeviceReport report, States.Told told) {}

    private final Decoders decoders;
    private final SetAsides setAsides;
    private final UnlistedAlarms unlistedAlarms;
    private final List<LogEntry> entries = new ArrayList<>();
    private final List<Source> owners = new ArrayList<>();
    private final List<Noted> noted = new ArrayList<>();
    private final List<Begun> begun = new ArrayList<>();
    private @Nullable Source sender;
    private @Nullable Source about;
    private Instant receivedAt = Instant.EPOCH;
    private boolean unlisted;
    private int lanes;
    private Reason unusable = Reason.UNPARSEABLE;

    Message(Intake.Parts parts) {
        decoders = new Decoders(parts.rules().clocks());
        setAsides = parts.setAsides();
        unlistedAlarms = new UnlistedAlarms(parts.setAsides(), parts.unstored());
    }

    /**
     * Reads it.
     *
     * @param sure whether what is known of the source is the register's last word; if not, the verdict on an alarm of somebody
     *     who is not on its list is {@link Verdict#UNSURE}
     */
    Verdict decode(Source source, Address address, byte[] bytes, int length, boolean sure) {
        begin(source);
        DeviceProfile device = address.child().isEmpty() ? source.profile() : about(address.child());
        try {
            decoders.decode(
                    address.channel(), bytes, length, device == null ? source.profile() : device, receivedAt, this);
        } catch (UnusablePayload e) {
            return unusable(address, e.reason(), bytes, length);
        }
        if (!sure && unlistedAlarms.mayBeListed()) {
            return Verdict.UNSURE;
        }
        unlistedAlarms.tell(source.device(), source.profile(), bytes, length);
        count(bytes, length);
        return weigh(source, address.channel());
    }

    /** Only the topic speaks: of whom is known if it says so, and an alarm that it stands for is told all the same. */
    private Verdict unusable(Address address, Reason reason, byte[] bytes, int length) {
        unlistedAlarms.tell(sender.device(), sender.profile(), bytes, length);
        if (about == null && !address.child().isEmpty()) {
            return Verdict.UNLISTED;
        }
        unusable = reason;
        setAsides.count((about == null ? sender : about).device(), reason, bytes, length);
        return Verdict.UNUSABLE;
    }

    /** Shows the alarms in a message of somebody whom the register does not know. */
    void stranger(Source source, Address address, byte[] bytes, int length) {
        begin(source);
        about = null;
        if (!address.child().isEmpty()) {
            unlistedAlarms.about(address.child());
        }
        try {
            decoders.decode(address.channel(), bytes, length, source.profile(), receivedAt, this);
        } catch (UnusablePayload e) {
            setAsides.count(SetAsides.OTHERS, e.reason(), bytes, length);
        }
        unlistedAlarms.tell(SetAsides.OTHERS, source.profile(), bytes, length);
    }

    /** What is decoded from now on was received then. */
    void receivedAt(Instant now) {
        receivedAt = now;
    }

    private void begin(Source source) {
        unlistedAlarms.begin();
        entries.clear();
        owners.clear();
        noted.clear();
        begun.clear();
        sender = source;
        about = source;
        unlisted = false;
        lanes = 0;
    }

    private void count(byte[] bytes, int length) {
        for (Noted each : noted) {
            setAsides.count(each.about().device(), each.reason(), bytes, length);
            if (each.reason() == Reason.UNKNOWN_FIELD) {
                setAsides.unknownField(each.about().profile().model(), each.field());
            }
        }
    }

    /** Quotas, which no message with an alarm in it has to fit in. */
    private Verdict weigh(Source source, Channel channel) {
        boolean alarm = has(Lane.ALARM);
        if (channel.mayHoldAlarm() && !alarm && !source.quota().take(System.nanoTime())) {
            return overQuota(source);
        }
        boolean dropped = false;
        for (int end = owners.size(); end > 0; ) {
            int start = startOfRun(end);
            dropped |= owners.get(start) != source && isOverQuota(start, end);
            end = start;
        }
        if (dropped) {
            lanes = 0;
            begun.removeIf(each -> entries.stream().noneMatch(entry -> entry.event() == each.report()));
            entries.forEach(entry -> lanes |= 1 << entry.event().lane().ordinal());
        }
        if (entries.isEmpty()) {
            return dropped ? Verdict.OVER_QUOTA : unlisted ? Verdict.UNLISTED : Verdict.NOTHING;
        }
        source.quota().charge((entries.size() - 1) * COST_OF_FURTHER_READING);
        return Verdict.TAKEN;
    }

    private int startOfRun(int end) {
        int start = end - 1;
        while (start > 0 && owners.get(start - 1) == owners.get(start)) {
            start--;
        }
        return start;
    }

    /** What was said of one child in a row; dropped if it is too much. */
    private boolean isOverQuota(int start, int end) {
        Source child = owners.get(start);
        for (LogEntry entry : entries.subList(start, end)) {
            if (entry.event().lane() == Lane.ALARM) {
                return false;
            }
        }
        if (child.quota().take(System.nanoTime())) {
            child.quota().charge((end - start - 1) * COST_OF_FURTHER_READING);
            return false;
        }
        overQuota(child);
        entries.subList(start, end).clear();
        owners.subList(start, end).clear();
        return true;
    }

    Verdict overQuota(Source source) {
        setAsides.count(source.device(), Reason.OVER_QUOTA, NO_EXAMPLE, 0);
        return Verdict.OVER_QUOTA;
    }

    /** Why the last message that was unusable was. */
    Reason unusable() {
        return unusable;
    }

    List<LogEntry> entries() {
        return entries;
    }

    boolean has(Lane lane) {
        return (lanes & 1 << lane.ordinal()) != 0;
    }

    @Override
    public @Nullable DeviceProfile about(String name) {
        Source child = sender.child(name);
        about = child;
        if (child == null) {
            unlisted = true;
            unlistedAlarms.about(name);
            return null;
        }
        child.spokenFor(receivedAt);
        return child.profile();
    }

    @Override
    public void event(DeviceEvent event) {
        Source of = about;
        if (of == null) {
            unlistedAlarms.heard(event);
            return;
        }
        DeviceProfile profile = of.profile();
        if (of != sender && !profile.standing().mayConnect() && event.lane() != Lane.ALARM) {
            noted.add(new Noted(of, Reason.BLOCKED, ""));
            return;
        }
        entries.add(new LogEntry(profile.id(), subject(profile, event), event));
        owners.add(of);
        lanes |= 1 << event.lane().ordinal();
    }

    @Override
    public void state(String field, DeviceReport report) {
        States.Told told = about == null ? null : about.states().tell(field, report.kind(), receivedAt);
        if (told != null) {
            begun.add(new Begun(report, told));
        }
        if (told != null || about == null) {
            event(report);
        }
    }

    @Override
    public void ended(String field) {
        if (about != null) {
            about.states().ended(field);
        }
    }

    /** Who is told when the last message is durable; what it reported is then known. */
    Sender remembering(Sender waiting) {
        return begun.isEmpty()
                ? waiting
                : new Remembering(waiting, begun.stream().map(Begun::told).toList());
    }

    /** An alarm is the present subject's; everything else belongs to whom the device was bound to at its time. */
    private static SubjectId subject(DeviceProfile profile, DeviceEvent event) {
        return profile.subjectAt(
                event.lane() == Lane.ALARM
                        ? event.time().receivedAt()
                        : event.time().at());
    }

    @Override
    public void setAside(Reason reason, String field) {
        if (about != null) {
            noted.add(new Noted(about, reason, field));
        }
    }

    /**
     * What the last message said of devices.
     *
     * @param comesBack an alarm in it is sent again if it is lost
     */
    void noteIn(Presences presences, boolean comesBack) {
        for (int i = 0; i < entries.size(); i++) {
            Presence presence = owners.get(i).presence();
            DeviceEvent event = entries.get(i).event();
            if (owners.get(i) != sender) {
                presences.heardThrough(presence, sender.device());
            }
            presences.took(presence, event, receivedAt);
            if (!comesBack && event.lane() == Lane.ALARM) {
                presences.mayBeLost(presence, receivedAt);
            }
        }
    }
}
