package org.anban.simulator.player;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.anban.simulator.SimulatorException;
import org.anban.simulator.demo.DemoDevice;
import org.anban.simulator.demo.DemoFile;
import org.anban.simulator.payload.Payloads;
import org.anban.simulator.publicapi.CareApi;
import org.anban.simulator.publicapi.IncidentRow;
import org.jspecify.annotations.Nullable;

/** Lets one device report one event, and says what became of it. */
public final class Press {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration INCIDENT_WITHIN = Duration.ofSeconds(6);
    private static final Set<String> OPENS_AN_INCIDENT = Set.of("sos", "fall", "smoke", "gas", "co");

    private final DemoFile demo;
    private final Path careHome;
    private final InstantSource time;
    private final PrintWriter out;

    public Press(DemoFile demo, Path careHome, InstantSource time, PrintWriter out) {
        this.demo = demo;
        this.careHome = careHome;
        this.time = time;
        this.out = out;
    }

    /**
     * @param type an event's name on the wire, e.g. {@code sos}
     * @return whether all went as it must: acknowledged and, where the API can be asked, an alarm has its incident
     * @throws SimulatorException when it was not acknowledged
     */
    public boolean press(String type, String deviceId) {
        if (!type.matches("[a-z][a-z-]{1,40}")) {
            throw new SimulatorException("an event is named in small letters, e.g. sos, fall or smoke, not " + type);
        }
        DemoDevice device = demo.device(deviceId);
        CareApi api = api();
        Map<String, IncidentRow> before = api == null ? Map.of() : open(api, device);
        try (DevicePlayer player = DevicePlayer.connect(device, demo.mqttUrl(), careHome, PATIENCE)) {
            Instant now = time.instant();
            String id = UUID.randomUUID().toString();
            Duration took = player.say("event", Payloads.event(id, type, now), PATIENCE);
            out.printf(Locale.ROOT, "%s of %s: acknowledged after %.1f ms%n", type, device, took.toNanos() / 1e6);
            out.flush();
        }
        return api == null || !OPENS_AN_INCIDENT.contains(type) || incident(api, device, before);
    }

    private @Nullable CareApi api() {
        try {
            return CareApi.login(demo.httpUrl(), demo.operator());
        } catch (SimulatorException e) {
            out.println("(the incident cannot be looked up: " + e.getMessage() + ")");
            return null;
        }
    }

    private boolean incident(CareApi api, DemoDevice device, Map<String, IncidentRow> before) {
        long deadline = System.nanoTime() + INCIDENT_WITHIN.toNanos();
        while (System.nanoTime() - deadline < 0) {
            Optional<IncidentRow> changed = open(api, device).values().stream()
                    .filter(row -> isNews(row, before.get(row.id())))
                    .findFirst();
            if (changed.isPresent()) {
                boolean opened = !before.containsKey(changed.get().id());
                out.println((opened ? "opened " : "joined ") + changed.get() + ", see " + demo.httpUrl());
                out.flush();
                return true;
            }
            LockSupport.parkNanos(50_000_000);
        }
        out.println("no incident within " + INCIDENT_WITHIN.toSeconds() + " s");
        out.flush();
        return false;
    }

    private static boolean isNews(IncidentRow row, @Nullable IncidentRow before) {
        return before == null || row.joined() > before.joined();
    }

    private static Map<String, IncidentRow> open(CareApi api, DemoDevice device) {
        List<IncidentRow> all = api.incidents("open");
        Map<String, IncidentRow> own = new HashMap<>();
        all.stream()
                .filter(row ->
                        row.subject().equals(device.subject()) || row.subject().endsWith(":" + device.id()))
                .forEach(row -> own.put(row.id(), row));
        return own;
    }
}
