package org.anban.alert.detection;

import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anban.alert.blackout.BlackoutStore;
import org.anban.alert.evaluation.Dossier;
import org.anban.alert.evaluation.LaneWork;
import org.anban.alert.evaluation.Progress;
import org.anban.alert.memory.DeviceTrack;
import org.anban.alert.memory.Heard;
import org.anban.alert.memory.SubjectMemory;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.event.Lane;
import org.anban.contracts.subject.SubjectId;
import org.anban.log.LogBatch;
import org.anban.log.codec.DamagedBatchException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings back what the rules of a lane remember: from the database, or from the log what cannot be read there. */
final class LaneLoader {
    private static final Logger log = LoggerFactory.getLogger(LaneLoader.class);
    private static final Duration OUTAGE_LISTS = Duration.ofHours(24);
    private static final Duration REBUILD_FROM = Duration.ofMinutes(30);
    private static final int REBUILD_BATCHES = 20_000;
    private static final Duration WAIT = Duration.ofSeconds(1);

    private final Lane lane;
    private final Detector.Parts parts;
    private final ProfileCache profiles;
    private final Counter rebuilt;
    private final DetectionStore store = new DetectionStore();
    private final OutageStore outages = new OutageStore();

    LaneLoader(Lane lane, Detector.Parts parts, ProfileCache profiles) {
        this.lane = lane;
        this.parts = parts;
        this.profiles = profiles;
        this.rebuilt = parts.metrics().counter("anban.detector.rebuilt", "lane", lane.name());
    }

    /** How far the lane has been evaluated, by whichever process. */
    Progress progress() {
        return parts.database().inTransaction(handle -> store.progress(handle, lane));
    }

    LaneWork load() throws InterruptedException {
        Map<SubjectId, String> unreadable = new HashMap<>();
        LaneWork work = parts.database().inTransaction(handle -> {
            Progress progress = store.progress(handle, lane);
            LaneWork loaded = work(progress, unfinished(progress, handle));
            for (DetectionStore.Saved saved : store.memories(handle, lane)) {
                try {
                    loaded.remember(saved.subject(), SubjectMemory.decode(saved.version(), saved.state()));
                } catch (IOException e) {
                    log.warn("what rules remember of {} cannot be read: {}", saved.subject(), e.getMessage());
                    unreadable.put(saved.subject(), saved.heard());
                }
            }
            return loaded;
        });
        if (!unreadable.isEmpty()) {
            rebuild(work, unreadable);
        }
        work.rememberMembers();
        expect(work);
        return work;
    }

    private LaneWork.Unfinished unfinished(Progress progress, Handle handle) {
        Instant clock = progress.clock();
        return lane == Lane.ALARM || clock == null
                ? LaneWork.Unfinished.NOTHING
                : new LaneWork.Unfinished(
                        outages.unheard(handle, clock.minus(OUTAGE_LISTS)), new BlackoutStore().open(handle));
    }

    private LaneWork work(Progress progress, LaneWork.Unfinished unfinished) {
        return new LaneWork(lane, parts.rules(), profiles, progress, unfinished);
    }

    /**
     * Reads the recent log again for some subjects; what it makes the rules say has been said already. Who has been silent
     * for longer is known by what was saved of when each device was heard. A damaged batch
     * is left out: its turn has been, it was evaluated or raised then, and must not keep the lane from starting.
     */
    private void rebuild(LaneWork work, Map<SubjectId, String> subjects) throws InterruptedException {
        long end = work.progress().batch();
        Instant clock = work.progress().clock();
        Instant from = (clock == null ? Instant.EPOCH : clock).minus(REBUILD_FROM);
        Map<SubjectId, SubjectMemory> memories = new HashMap<>();
        replay(end, from, subjects.keySet())
                .dossiers()
                .forEach(dossier -> memories.put(dossier.subject(), dossier.memory()));
        subjects.forEach((subject, heard) -> {
            SubjectMemory memory = memories.computeIfAbsent(subject, key -> new SubjectMemory());
            restore(subject, memory, heard, clock);
            work.remember(subject, memory);
        });
        rebuilt.increment(subjects.size());
        log.warn("rebuilt what rules remember of {} subjects from the log", subjects.size());
    }

    private static void restore(SubjectId subject, SubjectMemory memory, String heard, @Nullable Instant clock) {
        long latest = clock == null ? Long.MAX_VALUE : clock.toEpochMilli();
        try {
            Heard.decode(heard).forEach(saved -> memory.device(saved.device()).restore(saved.notAfter(latest)));
        } catch (IOException e) {
            log.error("when the devices of {} were heard longer ago is lost: {}", subject, e.getMessage());
        }
    }

    private LaneWork replay(long end, Instant from, Set<SubjectId> subjects) throws InterruptedException {
        LaneWork replay = work(Progress.START, LaneWork.Unfinished.NOTHING);
        long damaged = 0;
        long number = Math.max(0, end - REBUILD_BATCHES);
        while (number < end) {
            try {
                LogBatch batch = parts.log().next(lane, number, WAIT);
                if (batch == null || batch.number() > end) {
                    break;
                }
                number = batch.number();
                if (!batch.at().isBefore(from)) {
                    replay.evaluate(only(batch, subjects));
                }
            } catch (DamagedBatchException e) {
                number++;
                damaged++;
                log.debug("left out of what rules remember: {}", e.getMessage());
            }
        }
        if (damaged > 0) {
            log.error("{} damaged batches of the lane {} are left out of what rules remember", damaged, lane);
        }
        return replay;
    }

    private static LogBatch only(LogBatch batch, Set<SubjectId> subjects) {
        return new LogBatch(
                batch.lane(),
                batch.number(),
                batch.at(),
                batch.entries().stream()
                        .filter(entry -> subjects.contains(entry.subject()))
                        .toList());
    }

    private void expect(LaneWork work) {
        List<SubjectId> subjects = new ArrayList<>();
        List<DeviceId> devices = new ArrayList<>();
        for (Dossier dossier : work.dossiers()) {
            subjects.add(dossier.subject());
            for (DeviceTrack device : dossier.memory().devices()) {
                devices.add(new DeviceId(device.device()));
            }
        }
        profiles.expect(subjects, devices);
    }
}
