package org.anban.gateway.session;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.anban.contracts.device.DeviceProfile;
import org.anban.gateway.presence.Presences;
import org.anban.gateway.source.Source;
import org.jspecify.annotations.Nullable;

/**
 * One device's session: what MQTT keeps between connections, and what we know of the device. The fields are volatile
 * because two event loops meet here when a device connects a second time.
 */
public final class Session {
    /** MQTT's number for "never expires". */
    public static final long NEVER_EXPIRES = 0xFFFF_FFFFL;

    /** In place of a quality of service. */
    public static final int NOT_SUBSCRIBED = -1;

    private final Source source;
    private final Presences presences;

    /** Few devices use QoS 2: an empty set that cannot change until one does. */
    private Set<Integer> received = Set.of();

    private final AtomicReference<@Nullable Attachment> attachment = new AtomicReference<>();
    private volatile long expirySeconds;
    private volatile int grantedQos = NOT_SUBSCRIBED;
    private @Nullable SentCommands sent;
    private volatile Instant changedAt;
    private volatile Instant lastHeard;
    private volatile boolean unwritten;
    private int epoch;

    Session(Source source, Presences presences, Opening opening, Instant now) {
        this.source = source;
        this.presences = presences;
        this.expirySeconds = opening.expirySeconds();
        this.changedAt = now;
        this.lastHeard = now;
    }

    /** The session goes on, with another connection. */
    void reopen(DeviceProfile known, Opening opening, boolean present, Instant now) {
        source.refresh(known);
        expirySeconds = opening.expirySeconds();
        if (!present) {
            forget();
        }
        lastHeard = now;
    }

    private void forget() {
        grantedQos = NOT_SUBSCRIBED;
        synchronized (source) {
            sent = null;
            received = Set.of();
            epoch++;
        }
    }

    /** Which of the sessions that this device has had is the present one: a new number each time all was forgotten. */
    public int epoch() {
        synchronized (source) {
            return epoch;
        }
    }

    public String device() {
        return source.device();
    }

    public DeviceProfile profile() {
        return source.profile();
    }

    /** The register may have bound the device to somebody else. */
    public void refresh(DeviceProfile now) {
        source.refresh(now);
    }

    /** Whose messages it carries. */
    public Source source() {
        return source;
    }

    public boolean isSubscribed() {
        return grantedQos != NOT_SUBSCRIBED;
    }

    /** At which quality of service commands are to be sent. */
    public int grantedQos() {
        return grantedQos;
    }

    /**
     * What was sent and not acknowledged.
     *
     * @param of the epoch of the connection that asks: one that has passed knows of nothing
     */
    public SentCommands sent(int of) {
        synchronized (source) {
            if (of != epoch) {
                return new SentCommands();
            }
            if (sent == null) {
                sent = new SentCommands();
            }
            return sent;
        }
    }

    /** @param qos that of the subscription to commands, or {@link #NOT_SUBSCRIBED} */
    void granted(int qos) {
        grantedQos = qos;
        unwritten = true;
    }

    public long expirySeconds() {
        return expirySeconds;
    }

    /** MQTT 5 lets DISCONNECT change it. */
    public void expireAfter(long seconds) {
        expirySeconds = seconds;
        unwritten = true;
    }

    public boolean isConnected() {
        return attachment.get() != null;
    }

    public @Nullable Attachment attachment() {
        return attachment.get();
    }

    /** Makes this the session's connection; the one before it is evicted. */
    public void attach(Attachment connection, Instant now) {
        Attachment before = attachment.getAndSet(connection);
        if (before != null) {
            presences.disconnected(source.presence(), changedAt, now, before.hasSaidFarewell());
            presences.takenOver(source.presence(), now, before.address(), connection.address());
            before.evict(Attachment.Eviction.TAKEN_OVER);
        }
        changedAt = now;
        presences.connected(source.presence(), now);
        unwritten = true;
    }

    /**
     * The connection is gone; nothing happens if another has taken its place.
     *
     * @param of the epoch that the connection was opened in: one that has passed takes nothing along
     */
    public boolean detach(Attachment connection, int of, Instant now) {
        boolean was = attachment.compareAndSet(connection, null);
        if (was) {
            presences.disconnected(source.presence(), changedAt, now, connection.hasSaidFarewell());
            changedAt = now;
            synchronized (source) {
                if (expirySeconds == 0 && of == epoch) {
                    forget();
                }
            }
            unwritten = true;
        }
        return was;
    }

    /**
     * A connection that lost its place was alive, see {@link Presences#loserAlive}.
     *
     * @return whether this is the first sign that two devices have this id
     */
    public boolean loserAlive(String address, boolean elsewhere) {
        return presences.loserAlive(source.presence(), address, elsewhere);
    }

    public void heard(Instant now) {
        presences.heard(source.presence(), now);
        lastHeard = now;
        unwritten = true;
    }

    /** Since when it is, or is not, connected. */
    public Instant changedAt() {
        return changedAt;
    }

    Instant lastHeard() {
        return lastHeard;
    }

    /** Whether there is something to write; asking makes it written. */
    boolean takeUnwritten() {
        boolean was = unwritten;
        unwritten = false;
        return was;
    }

    /** It could not be written. */
    void putBack() {
        unwritten = true;
    }

    /** Whether the message of a QoS 2 packet id is durable and the id was not yet released. */
    public boolean hasReceived(int packetId) {
        synchronized (source) {
            return received.contains(packetId);
        }
    }

    /**
     * The message of a QoS 2 packet id is durable; false if more than {@code most} were never released.
     *
     * @param of the epoch that the message came in: a session that was forgotten since does not learn of it
     */
    public boolean receive(int packetId, int of, int most) {
        synchronized (source) {
            if (of != epoch) {
                return true;
            }
            if (received.isEmpty()) {
                received = new HashSet<>();
            }
            received.add(packetId);
            return received.size() <= most;
        }
    }

    /** PUBREL: the packet id is free again. False if it was not taken. */
    public boolean release(int packetId) {
        synchronized (source) {
            return !received.isEmpty() && received.remove(packetId);
        }
    }
}
