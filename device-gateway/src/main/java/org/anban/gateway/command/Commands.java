package org.anban.gateway.command;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.error.CareException;
import org.anban.gateway.staff.StaffScope;
import org.anban.kit.database.Database;
import org.anban.kit.http.Api;
import org.jdbi.v3.core.Handle;

/** Commands to devices: rows that are sent until the device acknowledges them or they expire. Calls block. */
public final class Commands {
    /** A command that waits, and how long it still means anything. */
    public record Queued(Command command, Duration left) {}

    private static final Duration LONGEST_LIFE = Duration.ofDays(7);
    private static final int LONGEST_PAYLOAD = 8_192;
    private static final int MOST_WAITING = 1_000;

    /** So many are fetched for one device. */
    public static final int MOST_AT_ONCE = 100;

    private final CommandStore store;
    private final InstantSource time;

    public Commands(Database database, InstantSource time) {
        this.store = new CommandStore(database);
        this.time = time;
    }

    /**
     * Leaves a command for a device; it is sent when the device is connected and subscribed.
     *
     * @param body must have a {@code type}; its {@code id} becomes the command's
     * @return the command's id
     */
    public String send(DeviceId device, JsonObject body, Duration life, String by) {
        if (!(body.getValue("type") instanceof String)) {
            throw CareException.invalid("type: a command says what it is");
        }
        if (life.isNegative() || life.isZero() || life.compareTo(LONGEST_LIFE) > 0) {
            throw CareException.invalid("expiresInSeconds: 1 second to 7 days");
        }
        String id = UUID.randomUUID().toString();
        String payload = body.copy().put("id", id).encode();
        if (payload.length() > LONGEST_PAYLOAD) {
            throw CareException.invalid("a command has at most " + LONGEST_PAYLOAD + " characters");
        }
        Instant now = time.instant();
        if (store.waiting(device.value(), now) >= MOST_WAITING) {
            throw CareException.conflict("the device has " + MOST_WAITING + " commands waiting");
        }
        store.insert(new Command(id, device.value(), payload, now.plus(life)), by, now);
        return id;
    }

    /** Which of these devices have something to be sent. */
    public Set<String> newFor(Collection<String> devices) {
        return store.queued(devices, time.instant());
    }

    /** What waits for these devices, oldest first; nothing changes by asking. */
    public List<Queued> queuedFor(Collection<String> devices) {
        return store.queuedFor(devices, time.instant());
    }

    /** Somebody who keeps it for the device has it: it counts as sent, and what comes next is the device's reply. */
    public void handedOver(String id) {
        store.handedOver(id, time.instant());
    }

    /** What was not acknowledged, the oldest {@value #MOST_AT_ONCE}; it now counts as sent. */
    public List<Command> undelivered(String device) {
        return store.undelivered(device, MOST_AT_ONCE, time.instant());
    }

    public void acknowledged(Collection<String> ids) {
        store.acknowledge(ids, time.instant());
    }

    /** It can never be sent to this device. */
    public void failed(String id, String why) {
        store.fail(id, why);
    }

    /** The device's answer came out of the log; the caller's transaction. An answer twice changes nothing. */
    public void replied(Handle handle, String device, String id, String outcome, Instant at) {
        CommandStore.reply(handle, device, id, outcome, at);
    }

    /**
     * Answers {@code sendCommand} and {@code commandsOfDevice}.
     *
     * @param sent told when there is a new one
     */
    public void routes(Api api, StaffScope scope, Runnable sent) {
        new CommandRoutes(this, store, scope, sent).mount(api);
    }
}
