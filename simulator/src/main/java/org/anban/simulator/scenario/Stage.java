package org.anban.simulator.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anban.simulator.SimulatorException;
import org.anban.simulator.demo.DemoDevice;
import org.anban.simulator.demo.DemoFile;
import org.anban.simulator.payload.Measurement;
import org.anban.simulator.payload.Payloads;
import org.anban.simulator.player.DevicePlayer;
import org.anban.simulator.publicapi.CareApi;
import org.anban.simulator.publicapi.IncidentRow;

/** On which a scenario plays: devices to speak through, and an operator's eyes and hands. */
final class Stage implements AutoCloseable {
    /** Within this an alarm must have its incident. */
    static final Duration SOON = Duration.ofSeconds(5);

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration STORED_SPAN = Duration.ofMinutes(10);
    private static final Duration SETTLE = Duration.ofSeconds(3);
    private static final int PROMISED_CHARGE = 77;
    private static final Set<String> OFTEN = Set.of("watch", "bed", "fall");

    /**
     * @param fallWindow how long to wait for silence to confirm a fall
     * @param leaveOpen leave the incidents to a person at the console
     */
    record Setting(
            DemoFile demo,
            Path careHome,
            InstantSource time,
            Duration fallWindow,
            boolean leaveOpen,
            PrintWriter out) {}

    private final Setting setting;
    private final CareApi api;
    private final Map<String, DevicePlayer> players = new HashMap<>();
    private final List<Verdict.Check> checks = new ArrayList<>();

    Stage(Setting setting) {
        this.setting = setting;
        this.api = CareApi.login(setting.demo.httpUrl(), setting.demo.operator());
    }

    List<Verdict.Check> checks() {
        return checks;
    }

    Duration fallWindow() {
        return setting.fallWindow;
    }

    /** The first device of that kind for whose subject nothing is open at the moment. */
    DemoDevice choose(String kind, Predicate<DemoDevice> wanted) {
        List<IncidentRow> open = api.incidents("open");
        DemoDevice chosen = setting.demo.devices().stream()
                .filter(device -> device.kind().equals(kind) && wanted.test(device))
                .filter(device -> open.stream().noneMatch(row -> row.subject().equals(device.subject())))
                .findFirst()
                .orElseThrow(() -> new SimulatorException(
                        "no " + kind + " is free for this scenario: close some incidents at the console first"));
        say("plays with " + chosen);
        return chosen;
    }

    boolean hasBed(String subject) {
        return bedOf(subject).isPresent();
    }

    Optional<DemoDevice> bedOf(String subject) {
        return setting
                .demo
                .devices(device ->
                        device.kind().equals("bed") && device.subject().equals(subject))
                .stream()
                .findFirst();
    }

    /** Reports an event and waits for the acknowledgement; answers what was sent. */
    byte[] event(DemoDevice device, String type) {
        byte[] payload = Payloads.event(UUID.randomUUID().toString(), type, setting.time.instant());
        send(device, "event", payload, type);
        return payload;
    }

    /** Sends the same bytes once more, as a device does that did not hear the acknowledgement. */
    void again(DemoDevice device, byte[] payload) {
        send(device, "event", payload, "the same event");
    }

    void telemetry(DemoDevice device, String signal, int value) {
        Measurement measured = new Measurement(setting.time.instant(), Map.of(signal, value));
        send(device, "telemetry", Payloads.plain(measured, value), signal + " " + value);
    }

    /** Says that it will be heard again within that time, and keeps the line. */
    void promise(DemoDevice device, Duration within) {
        send(
                device,
                "telemetry",
                Payloads.promising(device.id(), PROMISED_CHARGE, within, setting.time.instant()),
                "its charge, and to be heard within " + within.toSeconds() + " s");
    }

    /** Cuts the line of every device that this scenario plays; they stay borrowed, so nobody else speaks for them. */
    void cutAll() {
        players.values().forEach(DevicePlayer::hangUp);
        say(players.size() + " devices fall silent");
    }

    /** The street with the most devices of residents and homes that speak often, and those devices. */
    Map.Entry<String, List<DemoDevice>> busiestStreet() {
        Map<String, String> areas = api.areasOfDevices();
        Map<String, List<DemoDevice>> streets = setting.demo.devices().stream()
                .filter(device -> OFTEN.contains(device.kind())
                        && !areas.getOrDefault(device.id(), "").isEmpty())
                .filter(device -> device.ofResident() || device.ofDwelling())
                .collect(Collectors.groupingBy(device -> areas.get(device.id()), TreeMap::new, Collectors.toList()));
        return streets.entrySet().stream()
                .filter(street -> open("area:" + street.getKey()).isEmpty())
                .max(Comparator.comparingInt(street -> street.getValue().size()))
                .orElseThrow(() -> new SimulatorException("no street with devices is free for this scenario"));
    }

    JsonNode members(String id) {
        return api.members(id);
    }

    /** Incidents of one kind that have not ended, of whomever. */
    List<IncidentRow> openOfKind(String kind) {
        return api.incidents("open").stream()
                .filter(row -> row.kind().equals(kind))
                .toList();
    }

    Optional<IncidentRow> expectIncident(String subject, String kind, String priority, String state, Duration within) {
        return expect(String.format("%s %s %s of %s", kind, priority, state, subject), within, () -> open(subject, kind)
                .filter(row -> row.priority().equals(priority) && row.state().equals(state))
                .findFirst());
    }

    <T> Optional<T> expect(String what, Supplier<Optional<T>> found) {
        return expect(what, SOON, found);
    }

    private <T> Optional<T> expect(String what, Duration within, Supplier<Optional<T>> found) {
        long begin = System.nanoTime();
        Optional<T> result = found.get();
        while (result.isEmpty() && System.nanoTime() - begin < within.toNanos()) {
            LockSupport.parkNanos(150_000_000);
            result = found.get();
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        String label = what + (result.isPresent() ? String.format(Locale.ROOT, " (after %.1f s)", seconds) : "");
        check(label, result.isPresent(), "nothing of the kind within " + within.toSeconds() + " s");
        return result;
    }

    void check(String expected, boolean held, String found) {
        Verdict.Check check = new Verdict.Check(expected, held, found);
        checks.add(check);
        setting.out.println(check);
        setting.out.flush();
    }

    /** Long enough for what must not happen to have happened. */
    void settle() {
        settle(SETTLE);
    }

    void settle(Duration span) {
        long end = System.nanoTime() + span.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    List<IncidentRow> open(String subject) {
        return api.incidents("open").stream()
                .filter(row -> row.subject().equals(subject))
                .toList();
    }

    Stream<IncidentRow> open(String subject, String kind) {
        return open(subject).stream().filter(row -> row.kind().equals(kind));
    }

    int count(String subject, String kind) {
        return (int) open(subject, kind).count();
    }

    Optional<IncidentRow> find(String id) {
        return api.incidents("all").stream().filter(row -> row.id().equals(id)).findFirst();
    }

    JsonNode file(String id) {
        return api.incident(id).path("file");
    }

    Optional<JsonNode> stored(String subject, String signal, int value) {
        Instant now = setting.time.instant();
        JsonNode series = api.readings(subject, signal, now.minus(STORED_SPAN), now.plus(STORED_SPAN));
        for (JsonNode item : series.path("items")) {
            if (item.path("value").asDouble() == value) {
                return Optional.of(item);
            }
        }
        return Optional.empty();
    }

    /** Takes the incident, records the call back and closes it as a test; false if it is left to a person. */
    boolean finish(String id) {
        if (setting.leaveOpen) {
            say("left open: " + id);
            return false;
        }
        JsonNode whole = api.incident(id);
        IncidentRow row = api.take(find(id).orElseThrow(() -> new SimulatorException("lost sight of " + id)));
        if (whole.path("file").isObject()) {
            row = api.called(row, number(whole.path("file")), "spoke", "scenario: all is well");
        }
        row = api.close(row, "TEST", "scenario");
        check("a person closed it", row.state().equals("CLOSED"), row.toString());
        return true;
    }

    void say(String words) {
        setting.out.println("  " + words);
        setting.out.flush();
    }

    @Override
    public void close() {
        players.values().forEach(DevicePlayer::close);
    }

    /** The resident's telephone; of a home, that of somebody who lives there. */
    private static String number(JsonNode file) {
        String own = file.path("phone").asText("");
        if (!own.isEmpty()) {
            return own;
        }
        String theirs = file.path("occupants").path(0).path("phone").asText("");
        return theirs.isEmpty() ? "no number" : theirs;
    }

    private void send(DemoDevice device, String leaf, byte[] payload, String what) {
        Duration took = players.computeIfAbsent(
                        device.id(),
                        id -> DevicePlayer.connect(device, setting.demo.mqttUrl(), setting.careHome, PATIENCE))
                .say(leaf, payload, PATIENCE);
        say(String.format(
                Locale.ROOT, "%s says %s: acknowledged after %.1f ms", device.id(), what, took.toNanos() / 1e6));
    }
}
