package org.anban.gateway.admission;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.anban.contracts.device.DeviceDirectory;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.device.DeviceProfile;
import org.anban.gateway.credential.Attempts;
import org.anban.gateway.credential.DeviceCredentials;
import org.anban.gateway.credential.KeyHash;
import org.anban.gateway.session.Opening;
import org.anban.gateway.session.Sessions;
import org.anban.kit.loop.Loop;
import org.jspecify.annotations.Nullable;

/**
 * Lets devices in: looks up their keys, what the register knows of them and their sessions, for many at once, on a thread
 * of its own. After an outage a whole district knocks within seconds.
 */
public final class Admission implements AutoCloseable {
    /** What came of a CONNECT: a session or a refusal. */
    public record Answer(Sessions.@Nullable Opened opened, @Nullable Refusal refusal) {
        static Answer refused(Refusal refusal) {
            return new Answer(null, refusal);
        }
    }

    /** What it asks. */
    public record Parts(
            DeviceDirectory directory, DeviceCredentials credentials, Attempts attempts, Sessions sessions) {}

    private record Knock(Greeting greeting, String address, Consumer<Answer> answer) {
        DeviceId device() {
            return greeting.device();
        }

        void refuse(Refusal refusal) {
            answer.accept(Answer.refused(refusal));
        }
    }

    private static final int MOST_WAITING = 50_000;
    private static final int MOST_AT_ONCE = 500;

    private final Parts parts;
    private final BlockingQueue<Knock> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Loop loop;

    public Admission(Parts parts, MeterRegistry metrics) {
        this.parts = parts;
        this.loop = Loop.start("gateway admission", metrics, this::turn);
    }

    /** Asks for admission; the answer comes on another thread, exactly once. */
    public void knock(Greeting greeting, String address, Consumer<Answer> answer) {
        Knock knock = new Knock(greeting, address, answer);
        if (waiting.offer(knock)) {
            loop.wake();
        } else {
            knock.refuse(Refusal.UNAVAILABLE);
        }
    }

    private Duration turn() {
        List<Knock> batch = new ArrayList<>();
        waiting.drainTo(batch, MOST_AT_ONCE);
        if (batch.isEmpty()) {
            return Duration.ofSeconds(1);
        }
        List<Knock> unanswered = new ArrayList<>(batch);
        try {
            admit(batch, unanswered);
        } finally {
            unanswered.forEach(knock -> knock.refuse(Refusal.UNAVAILABLE));
        }
        return Duration.ZERO;
    }

    private void admit(List<Knock> batch, List<Knock> unanswered) {
        List<DeviceId> ids = batch.stream().map(Knock::device).distinct().toList();
        Map<DeviceId, KeyHash> keys = parts.credentials().load(ids);
        Map<DeviceId, DeviceProfile> profiles = parts.directory().findAll(ids);
        Map<DeviceId, Map<String, DeviceProfile>> lists = lists(profiles.values());
        List<Knock> welcome = new ArrayList<>();
        List<Opening> openings = new ArrayList<>();
        for (Knock knock : batch) {
            Refusal refusal = check(knock, keys.get(knock.device()), profiles.get(knock.device()));
            if (refusal != null) {
                unanswered.remove(knock);
                knock.refuse(refusal);
            } else {
                welcome.add(knock);
                Greeting greeting = knock.greeting();
                openings.add(new Opening(
                        profiles.get(knock.device()),
                        lists.getOrDefault(knock.device(), Map.of()),
                        greeting.clean(),
                        greeting.expirySeconds()));
            }
        }
        if (welcome.isEmpty()) {
            return;
        }
        Map<String, Sessions.Opened> opened = parts.sessions().open(openings);
        unanswered.clear();
        for (Knock knock : welcome) {
            knock.answer().accept(new Answer(opened.get(knock.device().value()), null));
        }
    }

    private Map<DeviceId, Map<String, DeviceProfile>> lists(Collection<DeviceProfile> profiles) {
        List<DeviceId> speakers = profiles.stream()
                .filter(DeviceProfile::speaksForOthers)
                .map(DeviceProfile::id)
                .toList();
        return speakers.isEmpty() ? Map.of() : parts.directory().children(speakers);
    }

    private @Nullable Refusal check(Knock knock, @Nullable KeyHash key, @Nullable DeviceProfile profile) {
        String device = knock.device().value();
        if (profile != null && knock.greeting().isCertified()) {
            return null;
        }
        if (profile == null || key == null) {
            return parts.attempts().stranger(knock.address()) ? Refusal.TOO_MANY_STRANGERS : Refusal.UNKNOWN_DEVICE;
        }
        if (!key.matches(knock.greeting().key())) {
            return parts.attempts().wrongKey(knock.address(), device) ? Refusal.TOO_MANY_WRONG_KEYS : Refusal.WRONG_KEY;
        }
        parts.attempts().rightKey(knock.address(), device);
        return null;
    }

    /** Why it is not well, if it is not. */
    public Optional<String> problem(Duration limit) {
        return loop.problem(limit);
    }

    @Override
    public void close() {
        loop.close();
    }
}
