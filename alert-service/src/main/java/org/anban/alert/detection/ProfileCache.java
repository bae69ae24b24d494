package org.anban.alert.detection;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.anban.alert.rule.Profiles;
import org.anban.contracts.device.DeviceDirectory;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.error.CareException;
import org.anban.contracts.subject.ResidentDirectory;
import org.anban.contracts.subject.SubjectId;
import org.anban.contracts.subject.SubjectProfile;
import org.anban.contracts.subject.SubjectStatus;
import org.anban.contracts.subject.VitalLimits;
import org.anban.kit.loop.Loop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registers as rules see them: asked once for whom we do not know yet, then kept fresh in the background with one
 * question for all who were asked for lately. A register that fails costs freshness, never an evaluation.
 */
final class ProfileCache implements Profiles, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ProfileCache.class);
    private static final Duration REFRESH = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMillis(300);
    private static final Duration PATIENCE_AT_START = Duration.ofSeconds(5);
    private static final int IDLE_ROUNDS = 720;

    private final DeviceDirectory devices;
    private final ResidentDirectory residents;
    private final Map<SubjectId, Known<SubjectProfile>> subjectsKnown = new ConcurrentHashMap<>();
    private final Map<DeviceId, Known<Optional<DeviceProfile>>> devicesKnown = new ConcurrentHashMap<>();
    private final PatientQuestions questions = new PatientQuestions(PATIENCE);
    private final PatientQuestions atStart = new PatientQuestions(PATIENCE_AT_START);
    private final Loop refresh;

    ProfileCache(DeviceDirectory devices, ResidentDirectory residents, MeterRegistry metrics) {
        this.devices = devices;
        this.residents = residents;
        this.refresh = Loop.start("detector-profiles", metrics, this::refresh);
    }

    @Override
    public SubjectProfile subject(SubjectId id) {
        Known<SubjectProfile> known = subjectsKnown.get(id);
        return known == null ? subjectNow(id) : known.use();
    }

    @Override
    public SubjectProfile subjectNow(SubjectId id) {
        try {
            SubjectProfile profile = questions.ask(() -> residents.profile(id));
            subjectsKnown.put(id, new Known<>(profile));
            return profile;
        } catch (CareException e) {
            log.warn("the register of residents does not answer: {}", e.getMessage());
            Known<SubjectProfile> known = subjectsKnown.computeIfAbsent(
                    id, key -> new Known<>(new SubjectProfile(key, SubjectStatus.HOME, VitalLimits.DEFAULT)));
            return known.use();
        }
    }

    @Override
    public Optional<DeviceProfile> device(DeviceId id) {
        Known<Optional<DeviceProfile>> known = devicesKnown.get(id);
        if (known != null) {
            return known.use();
        }
        try {
            Optional<DeviceProfile> profile = questions.ask(() -> devices.find(id));
            devicesKnown.put(id, new Known<>(profile));
            return profile;
        } catch (CareException e) {
            log.warn("the register of devices does not answer: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** Asks for many at once, before they are needed one by one; waits some seconds at most. */
    void expect(Collection<SubjectId> subjects, Collection<DeviceId> ids) {
        try {
            atStart.ask(() -> learn(subjects, ids));
        } catch (CareException e) {
            log.warn("the registers do not answer: {}", e.getMessage());
        }
    }

    private boolean learn(Collection<SubjectId> subjects, Collection<DeviceId> ids) {
        residents.profiles(subjects).forEach((id, profile) -> subjectsKnown.put(id, new Known<>(profile)));
        Map<DeviceId, DeviceProfile> found = devices.findAll(ids);
        ids.forEach(id -> devicesKnown.put(id, new Known<>(Optional.ofNullable(found.get(id)))));
        return true;
    }

    private Duration refresh() {
        learn(inUse(subjectsKnown), inUse(devicesKnown));
        return REFRESH;
    }

    /** Those asked for since the last time; who was not asked for in a long time is forgotten. */
    private static <K, V> List<K> inUse(Map<K, Known<V>> known) {
        List<K> used = new ArrayList<>();
        known.entrySet().removeIf(entry -> {
            if (entry.getValue().used) {
                used.add(entry.getKey());
                return false;
            }
            return ++entry.getValue().idleRounds > IDLE_ROUNDS;
        });
        return used;
    }

    @Override
    public void close() {
        refresh.close();
        questions.close();
        atStart.close();
    }

    private static final class Known<V> {
        private final V value;
        private volatile boolean used;
        private int idleRounds;

        Known(V value) {
            this.value = value;
        }

        V use() {
            if (!used) {
                used = true;
            }
            return value;
        }
    }
}
