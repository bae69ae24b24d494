package org.anban.alert.evaluation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.anban.alert.rule.Entries;
import org.anban.alert.rule.Register;
import org.anban.alert.signal.AlertSignal;
import org.anban.contracts.device.Binding;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.device.DeviceModel;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.device.Line;
import org.anban.contracts.device.SenderKind;
import org.anban.contracts.device.Standing;
import org.anban.contracts.event.EventTime;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.LogEntry;
import org.anban.contracts.event.Signal;
import org.anban.contracts.event.SignalValues;
import org.anban.contracts.subject.SubjectId;
import org.anban.log.LogBatch;

/** Streets of homes with devices that speak each minute of the log's clock, unless they are made to be silent. */
final class Town {
    static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final int TICK = 5;

    /** A device as the town knows it. */
    record Device(String id, SubjectId subject, String street, String model, String carrier, String relay) {}

    final Register register = new Register();
    final Replay replay;
    private final Map<String, Device> devices = new LinkedHashMap<>();
    private final Set<String> silent = new HashSet<>();
    private final List<LogBatch> played = new ArrayList<>();
    private long number;
    private long second;

    Town() {
        replay = new Replay(Lane.TELEMETRY, register);
    }

    /** One home more, with one device of its own. */
    void home(String street, String device, String model, String carrier, String relay) {
        add(new Device(device, SubjectId.resident("r-" + device), street, model, carrier, relay), INTERVAL);
    }

    /** So many homes in a street, with devices of two models on two networks in turn. */
    void street(String name, int homes) {
        for (int i = 0; i < homes; i++) {
            home(
                    name,
                    name.substring(name.lastIndexOf('/') + 1) + "-" + i,
                    i % 2 == 0 ? "m-1" : "m-2",
                    i % 3 == 0 ? "c-1" : "c-2",
                    "");
        }
    }

    void add(Device device, Duration interval) {
        devices.put(device.id(), device);
        Line line = device.relay().isEmpty()
                ? new Line(SenderKind.DEVICE, device.carrier(), null)
                : new Line(SenderKind.DEVICE, device.carrier(), new DeviceId(device.relay()));
        register.device(new DeviceProfile(
                new DeviceId(device.id()),
                new DeviceModel("watch", device.model(), false, interval),
                Standing.IN_USE,
                line,
                List.of(new Binding(device.subject(), Instant.EPOCH, null))));
        register.home(device.subject(), device.street());
    }

    Collection<Device> devices() {
        return devices.values();
    }

    void silence(Predicate<Device> which) {
        devices.values().stream().filter(which).forEach(device -> silent.add(device.id()));
    }

    void wake(Predicate<Device> which) {
        devices.values().stream().filter(which).forEach(device -> silent.remove(device.id()));
    }

    /** Lets time pass; answers what is said meanwhile. */
    List<AlertSignal> pass(Duration span) {
        List<AlertSignal> said = new ArrayList<>();
        long end = second + span.toSeconds();
        while (second < end) {
            second += TICK;
            said.addAll(play(second, words()));
        }
        return said;
    }

    /** We do not listen for a while. */
    List<AlertSignal> weAreOut(Duration span) {
        second += span.toSeconds();
        return play(second, List.of());
    }

    /** Each device has a second of its own in the minute; one that is quick speaks all the time. */
    private List<LogEntry> words() {
        List<LogEntry> entries = new ArrayList<>();
        int slots = (int) INTERVAL.toSeconds() / TICK;
        int place = 0;
        for (Device device : devices.values()) {
            boolean quick = device.id().startsWith("quick");
            boolean turn = quick || second / TICK % slots == place % slots;
            place++;
            if (turn && !silent.contains(device.id())) {
                entries.add(word(device, 80));
            }
        }
        return entries;
    }

    /** What a device says of its battery. */
    LogEntry word(Device device, int battery) {
        SignalValues values =
                new SignalValues.Builder().put(Signal.BATTERY, battery).build();
        return Entries.readings(device.subject(), device.id(), values, EventTime.received(Entries.at(second)), null);
    }

    List<AlertSignal> play(long at, List<LogEntry> entries) {
        LogBatch batch = new LogBatch(Lane.TELEMETRY, ++number, Entries.at(at), entries);
        played.add(batch);
        return replay.play(batch);
    }

    List<AlertSignal> say(LogEntry entry) {
        return play(second, List.of(entry));
    }

    List<LogBatch> played() {
        return played;
    }

    static List<String> brief(List<AlertSignal> said) {
        return said.stream()
                .map(signal -> signal.action() + " " + signal.kind() + " " + signal.subject())
                .toList();
    }
}
