package org.anban.gateway.admission;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.anban.contracts.device.DeviceDirectory;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.device.DeviceProfile;
import org.anban.gateway.credential.Attempts;
import org.anban.gateway.credential.Claiming;
import org.anban.gateway.credential.Claims;
import org.anban.gateway.credential.Credential;
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
            DeviceDirectory directory,
            DeviceCredentials credentials,
            Claims claims,
            Attempts attempts,
            Sessions sessions,
            InstantSource time) {}

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
    private final Doorkeeper doorkeeper;
    private final BlockingQueue<Knock> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Loop loop;

    public Admission(Parts parts, MeterRegistry metrics) {
        this.parts = parts;
        this.doorkeeper = new Doorkeeper(parts.attempts());
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
        Map<Knock, Doorkeeper.Known> known = known(batch);
        Map<Knock, Doorkeeper.Verdict> welcome = new LinkedHashMap<>();
        known.forEach((knock, device) -> {
            Doorkeeper.Verdict verdict = doorkeeper.judge(
                    knock.greeting(), knock.address(), device, parts.time().instant());
            if (verdict.refusal() != null) {
                unanswered.remove(knock);
                knock.refuse(verdict.refusal());
            } else {
                welcome.put(knock, verdict);
            }
        });
        sendAwayOvertaken(welcome);
        if (welcome.isEmpty()) {
            return;
        }
        Map<String, Sessions.Opened> opened = parts.sessions().open(openings(welcome, known));
        unanswered.removeAll(welcome.keySet());
        welcome.forEach((knock, verdict) -> {
            Sessions.Opened session = opened.get(knock.device().value());
            knock.answer().accept(new Answer(session.to(verdict.key(), verdict.claiming()), null));
        });
    }

    /** Their keys ceased to be the newest while they were looked at: they stay unanswered and come again. */
    private void sendAwayOvertaken(Map<Knock, Doorkeeper.Verdict> welcome) {
        Map<DeviceId, KeyHash> firstUses = new HashMap<>();
        welcome.forEach((knock, verdict) -> {
            if (verdict.firstUse() && verdict.key() != null) {
                firstUses.put(knock.device(), verdict.key());
            }
        });
        if (!firstUses.isEmpty()) {
            Set<DeviceId> marked = parts.credentials().used(firstUses);
            welcome.entrySet()
                    .removeIf(each -> each.getValue().firstUse()
                            && !marked.contains(each.getKey().device()));
        }
    }

    private Map<Knock, Doorkeeper.Known> known(List<Knock> batch) {
        List<DeviceId> ids = batch.stream().map(Knock::device).distinct().toList();
        Map<DeviceId, Credential> credentials = parts.credentials().load(ids);
        Map<DeviceId, DeviceProfile> profiles = parts.directory().findAll(ids);
        Map<DeviceId, String> claims = new HashMap<>();
        for (Knock knock : batch) {
            if (Claims.isOne(knock.greeting().key()) && profiles.containsKey(knock.device())) {
                claims.put(knock.device(), knock.greeting().key());
            }
        }
        Map<DeviceId, Claiming> claiming = parts.claims().judge(claims);
        Map<Knock, Doorkeeper.Known> known = new LinkedHashMap<>();
        for (Knock knock : batch) {
            DeviceId device = knock.device();
            boolean isClaim = knock.greeting().key().equals(claims.get(device));
            known.put(
                    knock,
                    new Doorkeeper.Known(
                            profiles.get(device),
                            credentials.getOrDefault(device, Credential.NONE),
                            isClaim ? claiming.get(device) : null));
        }
        return known;
    }

    private List<Opening> openings(Map<Knock, Doorkeeper.Verdict> welcome, Map<Knock, Doorkeeper.Known> known) {
        List<DeviceProfile> profiles = welcome.keySet().stream()
                .map(knock -> known.get(knock).profile())
                .toList();
        Map<DeviceId, Map<String, DeviceProfile>> lists = lists(profiles);
        List<Opening> openings = new ArrayList<>();
        welcome.forEach((knock, verdict) -> {
            Greeting greeting = knock.greeting();
            openings.add(new Opening(
                    known.get(knock).profile(),
                    lists.getOrDefault(knock.device(), Map.of()),
                    greeting.clean() || verdict.claiming(),
                    verdict.claiming() ? 0 : greeting.expirySeconds()));
        });
        return openings;
    }

    /** A key of its own for a device that was let in for nothing else. Blocks. */
    public String keyFor(DeviceId device) {
        return parts.claims().keyFor(device);
    }

    private Map<DeviceId, Map<String, DeviceProfile>> lists(Collection<DeviceProfile> profiles) {
        List<DeviceId> speakers = profiles.stream()
                .filter(DeviceProfile::speaksForOthers)
                .map(DeviceProfile::id)
                .toList();
        return speakers.isEmpty() ? Map.of() : parts.directory().children(speakers);
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
