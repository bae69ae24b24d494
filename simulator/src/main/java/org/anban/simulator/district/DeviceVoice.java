package org.anban.simulator.district;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.anban.simulator.demo.DemoDevice;
import org.anban.simulator.device.DeviceModel;
import org.anban.simulator.device.Quirks;
import org.anban.simulator.device.Report;
import org.anban.simulator.payload.Measurement;
import org.anban.simulator.payload.Payloads;
import org.anban.simulator.resident.Resident;
import org.anban.simulator.resident.SeededNoise;

/** One device of the district without its connection: what it says at each turn. Used by one thread at a time. */
final class DeviceVoice {
    private record Later(Instant due, String event) {}

    private final DemoDevice device;
    private final Resident resident;
    private final DeviceModel model;
    private final Quirks quirks;
    private final double rareEventsPerDay;
    private final GroundTruth truth;
    private final SeededNoise rare;
    private final List<Measurement> unsent = new ArrayList<>();
    private final List<Message> unsentEvents = new ArrayList<>();
    private final PriorityQueue<Later> later = new PriorityQueue<>(Comparator.comparing(Later::due));
    private long seq;

    DeviceVoice(DemoDevice device, Resident resident, Quirks quirks, DistrictPlan plan, GroundTruth truth) {
        this.device = device;
        this.resident = resident;
        this.model = DeviceModel.of(device.kind(), device.id(), resident);
        this.quirks = quirks;
        this.rareEventsPerDay = plan.rareEventsPerDay();
        this.truth = truth;
        this.rare = SeededNoise.of(plan.seed(), "rare events of " + device.id());
    }

    DemoDevice device() {
        return device;
    }

    Duration every() {
        return model.every();
    }

    boolean withoutNetwork(Instant now) {
        return quirks.withoutNetwork(now);
    }

    /** Measures, and says it and all that was kept back, unless the network is gone: then it keeps that back too. */
    List<Message> turn(Instant now, Instant moment) {
        Instant deviceTime = quirks.deviceTime(now);
        Report report = model.report(moment);
        Map<String, Object> values = new LinkedHashMap<>(report.values());
        unsent.add(new Measurement(deviceTime, values));
        report.events().forEach(event -> unsentEvents.add(event(event, deviceTime)));
        String cause = chance(now);
        while (!later.isEmpty() && !later.peek().due.isAfter(now)) {
            unsentEvents.add(event(later.remove().event, deviceTime));
        }
        truth.keep(new Truth(
                now, moment, device.id(), device.subject(), resident.activity(moment), resident.truth(moment), cause));
        return quirks.withoutNetwork(now) ? List.of() : flush();
    }

    /** When something is due before the next turn. */
    Duration untilNext(Instant now) {
        Duration regular = every();
        if (later.isEmpty()) {
            return regular;
        }
        Duration event = Duration.between(now, later.element().due);
        return event.compareTo(regular) < 0 ? event : regular;
    }

    private List<Message> flush() {
        List<Message> messages = new ArrayList<>();
        if (quirks.senml()) {
            messages.add(new Message("telemetry", Payloads.senml(device.id(), unsent)));
        } else {
            unsent.forEach(each -> messages.add(new Message("telemetry", Payloads.plain(each, ++seq))));
        }
        messages.addAll(unsentEvents);
        unsent.clear();
        unsentEvents.clear();
        return messages;
    }

    private String chance(Instant now) {
        double probability =
                rareEventsPerDay * every().toMillis() / Duration.ofDays(1).toMillis();
        if (!device.kind().equals("watch") || rare.unit(now.toEpochMilli()) >= probability) {
            return "";
        }
        RareEvent happening = RareEvent.of(rare.unit(now.toEpochMilli() + 1));
        Instant due = now;
        for (String event : happening.events()) {
            later.add(new Later(due, event));
            due = due.plus(happening.apart());
        }
        return happening.name();
    }

    private Message event(String type, Instant at) {
        return new Message("event", Payloads.event(device.id() + "-" + at.toEpochMilli() + "-" + type, type, at));
    }
}
