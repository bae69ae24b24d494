package org.anban.gateway.mqtt;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anban.contracts.device.DeviceDirectory;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.device.DeviceProfile;
import org.anban.gateway.command.Commands;
import org.anban.gateway.credential.DeviceCredentials;
import org.anban.gateway.credential.KeyHash;
import org.anban.gateway.session.Attachment;
import org.anban.gateway.session.Session;
import org.anban.gateway.session.Sessions;
import org.anban.kit.loop.Loop;

/**
 * Goes round the connected devices each few seconds: whom the register has bound them to meanwhile, whether it still knows
 * them, and whether a command waits for them (which another process may have taken in).
 */
final class Rounds implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int REGISTER_EACH = 5;
    private static final int AT_ONCE = 1_000;

    private final Sessions sessions;
    private final DeviceDirectory directory;
    private final Commands commands;
    private final DeviceCredentials credentials;
    private final Loop loop;
    private int round;

    Rounds(MqttServer.Outside outside, MeterRegistry metrics) {
        this.sessions = outside.sessions();
        this.directory = outside.directory();
        this.commands = outside.commands();
        this.credentials = outside.credentials();
        this.loop = Loop.start("gateway rounds", metrics, this::turn);
    }

    private Duration turn() {
        List<Session> connected = sessions.connected();
        boolean askRegister = round++ % REGISTER_EACH == 0;
        for (int i = 0; i < connected.size(); i += AT_ONCE) {
            List<Session> some = connected.subList(i, Math.min(i + AT_ONCE, connected.size()));
            if (askRegister) {
                refresh(some);
                endRevoked(some);
            }
            deliver(some);
        }
        return PAUSE;
    }

    private void refresh(List<Session> some) {
        List<DeviceId> ids = some.stream().map(s -> s.profile().id()).toList();
        Map<DeviceId, DeviceProfile> profiles = directory.findAll(ids);
        List<DeviceId> speakers = profiles.values().stream()
                .filter(DeviceProfile::speaksForOthers)
                .map(DeviceProfile::id)
                .toList();
        Map<DeviceId, Map<String, DeviceProfile>> lists = speakers.isEmpty() ? Map.of() : directory.children(speakers);
        for (Session session : some) {
            DeviceProfile profile = profiles.get(session.profile().id());
            Attachment attachment = session.attachment();
            if (profile != null && profile.standing().mayConnect()) {
                session.refresh(profile);
                sessions.list(session, lists.getOrDefault(profile.id(), Map.of()));
            } else if (attachment != null) {
                attachment.evict(profile == null ? Attachment.Eviction.NOT_AUTHORISED : Attachment.Eviction.BLOCKED);
            }
        }
    }

    /** Judged by the key itself and by no clock: a connection may begin after its key was revoked. */
    private void endRevoked(List<Session> some) {
        Map<String, KeyHash> keys = new HashMap<>();
        Map<String, Attachment> connections = new HashMap<>();
        for (Session session : some) {
            Attachment attachment = session.attachment();
            KeyHash key = attachment == null ? null : attachment.key();
            if (key != null) {
                keys.put(session.device(), key);
                connections.put(session.device(), attachment);
            }
        }
        if (!keys.isEmpty()) {
            credentials
                    .revoked(keys)
                    .forEach(device -> connections.get(device).evict(Attachment.Eviction.NOT_AUTHORISED));
        }
    }

    private void deliver(List<Session> some) {
        List<Session> listening = some.stream().filter(Session::isSubscribed).toList();
        if (listening.isEmpty()) {
            return;
        }
        Set<String> waited = commands.newFor(
                new ArrayList<>(listening.stream().map(Session::device).toList()));
        for (Session session : listening) {
            Attachment attachment = session.attachment();
            if (attachment != null && waited.contains(session.device())) {
                attachment.commandsWait();
            }
        }
    }

    /** A command was taken in here: it need not wait for the next round. */
    void hurry() {
        loop.wake();
    }

    /** Why it is not well, if it is not. */
    Optional<String> problem(Duration limit) {
        return loop.problem(limit);
    }

    @Override
    public void close() {
        loop.close();
    }
}
