package org.anban.simulator.district;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.anban.simulator.demo.DemoDevice;
import org.anban.simulator.demo.DemoFile;
import org.anban.simulator.demo.DeviceLoan;
import org.anban.simulator.device.Quirks;
import org.anban.simulator.resident.Resident;
import org.anban.simulator.resident.SeededNoise;
import org.anban.simulator.wire.DeviceLink;
import org.anban.simulator.wire.LinkSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A day in a small district: every device of the demo connects through its own client and says what its resident's day
 * makes it say, for ever, whatever becomes of the broker. It raises no alarm unless rare events are asked for.
 */
public final class District implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(District.class);
    private static final int CONNECTORS = 2;
    private static final Duration SPREAD = Duration.ofSeconds(8);
    private static final Duration SAVE = Duration.ofMinutes(1);

    private final List<DeviceRun> runs = new ArrayList<>();
    private final GroundTruth truth;
    private final DistrictMemory memory;
    private final ScheduledExecutorService executor;

    private District(DistrictPlan plan, DemoFile demo, Path careHome, InstantSource time) {
        this.truth = new GroundTruth(plan.truthFile());
        this.memory = new DistrictMemory(careHome);
        this.executor = Executors.newScheduledThreadPool(CONNECTORS, daemons("district"));
        Instant start = time.instant();
        var around = new DeviceRun.Surroundings(time, new DistrictClock(start, plan.speed()), memory, executor);
        Map<String, DemoDevice> tellers = Backfill.tellers(demo.devices());
        Map<String, Integer> positions = new HashMap<>();
        for (DemoDevice device : demo.devices()) {
            int position = positions.merge(device.kind(), 1, Integer::sum) - 1;
            Quirks quirks = Quirks.of(plan.seed(), device.id(), device.kind(), position);
            Resident resident = resident(plan, device);
            DeviceVoice voice = new DeviceVoice(device, resident, quirks, plan, truth);
            DeviceRun run = new DeviceRun(voice, around, self -> connect(demo, device, careHome, self));
            boolean tells = plan.backfill() && device.equals(tellers.get(device.subject()));
            List<Message> past =
                    tells ? Backfill.of(device, resident, start, memory.lastSpoke(device.id())) : List.of();
            runs.add(run);
            run.start(delay(plan, device), past);
        }
        executor.scheduleWithFixedDelay(memory::save, SAVE.toSeconds(), SAVE.toSeconds(), TimeUnit.SECONDS);
        LOG.info("a district of {} devices lives at {}", runs.size(), demo.mqttUrl());
    }

    /** Begins; connections come about in the background, also if the broker is not there yet. */
    public static District start(DistrictPlan plan, DemoFile demo, Path careHome, InstantSource time) {
        return new District(plan, demo, careHome, time);
    }

    public int devices() {
        return runs.size();
    }

    /** Devices that are connected at this moment. */
    public int connected() {
        return (int) runs.stream().filter(DeviceRun::connected).count();
    }

    public GroundTruth truth() {
        return truth;
    }

    @Override
    public void close() {
        executor.shutdownNow();
        ExecutorService closers = Executors.newFixedThreadPool(8, daemons("district-end"));
        runs.forEach(run -> closers.execute(run::close));
        closers.shutdown();
        try {
            if (!closers.awaitTermination(15, TimeUnit.SECONDS)) {
                LOG.warn("some devices did not hang up in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        memory.save();
        truth.close();
    }

    /** A device that speaks for nobody, or for a home, still needs somebody to live near it. */
    private static Resident resident(DistrictPlan plan, DemoDevice device) {
        String who = device.subject().isEmpty() ? device.id() : device.subject();
        return new Resident(plan.seed(), who, plan.zone());
    }

    private DeviceLink connect(DemoFile demo, DemoDevice device, Path careHome, DeviceRun run) {
        return DeviceLink.open(
                new LinkSettings(
                        demo.mqttUrl(),
                        device.id(),
                        device.key(),
                        () -> DeviceLoan.lent(careHome, device.id()),
                        run::command),
                executor);
    }

    private static Duration delay(DistrictPlan plan, DemoDevice device) {
        double part = SeededNoise.of(plan.seed(), "start of " + device.id()).unit(0);
        return Duration.ofMillis((long) (part * SPREAD.toMillis()));
    }

    private static ThreadFactory daemons(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
