package org.anban.gateway.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.event.DeviceEvent;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.LogEntry;
import org.anban.contracts.subject.SubjectId;
import org.anban.gateway.payload.Decoders;
import org.anban.gateway.payload.Findings;
import org.anban.gateway.payload.Topic;
import org.anban.gateway.payload.UnusablePayload;
import org.anban.gateway.setaside.Reason;
import org.anban.gateway.setaside.SetAsides;
import org.anban.gateway.source.Source;
import org.jspecify.annotations.Nullable;

/** One message while it is decoded: its entries, each for the right subject. Scratch space of one event loop. */
final class Message implements Findings {
    private static final byte[] NO_EXAMPLE = {};

    /** In messages: hours of readings in one pack are welcome, tens of thousands a second are not. */
    private static final double COST_OF_FURTHER_READING = 0.05;

    private final Decoders decoders;
    private final SetAsides setAsides;
    private final List<LogEntry> entries = new ArrayList<>();
    private final List<Reason> reasons = new ArrayList<>();
    private final List<String> unknownFields = new ArrayList<>();
    private @Nullable DeviceProfile profile;
    private Reason unusable = Reason.UNPARSEABLE;

    Message(Intake.Parts parts) {
        decoders = new Decoders(parts.rules().clocks());
        setAsides = parts.setAsides();
    }

    Verdict decode(Source source, Topic topic, byte[] bytes, int length, Instant receivedAt) {
        entries.clear();
        reasons.clear();
        unknownFields.clear();
        profile = source.profile();
        try {
            decoders.decode(topic, bytes, length, profile, receivedAt, this);
        } catch (UnusablePayload e) {
            unusable = e.reason();
            setAsides.count(source.device(), unusable, bytes, length);
            return Verdict.UNUSABLE;
        }
        for (Reason reason : reasons) {
            setAsides.count(source.device(), reason, bytes, length);
        }
        for (String field : unknownFields) {
            setAsides.unknownField(profile.model(), field);
        }
        if (topic == Topic.EVENT && lane() == Lane.TELEMETRY && !source.quota().take(System.nanoTime())) {
            return overQuota(source);
        }
        if (entries.isEmpty()) {
            return Verdict.NOTHING;
        }
        source.quota().charge((entries.size() - 1) * COST_OF_FURTHER_READING);
        return Verdict.TAKEN;
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

    /** All entries of one message are in one lane. */
    Lane lane() {
        return entries.get(0).event().lane();
    }

    @Override
    public void event(DeviceEvent event) {
        entries.add(new LogEntry(profile.id(), subject(event), event));
    }

    /** An alarm is the present subject's; everything else belongs to whom the device was bound to at its time. */
    private SubjectId subject(DeviceEvent event) {
        return profile.subjectAt(
                event.lane() == Lane.ALARM
                        ? event.time().receivedAt()
                        : event.time().at());
    }

    @Override
    public void setAside(Reason reason, String field) {
        if (reason == Reason.UNKNOWN_FIELD) {
            unknownFields.add(field);
        }
        reasons.add(reason);
    }
}
