package org.anban.gateway.source;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.anban.contracts.device.DeviceProfile;
import org.anban.gateway.presence.Presence;
import org.jspecify.annotations.Nullable;

/**
 * A device that messages are about: what the register knows of it, how much it may still send, and for whom it may speak.
 * What the register knows is exchanged while others read it; the quota belongs to the one event loop that takes the
 * sender's messages.
 */
public final class Source {
    private final String device;
    private final Quota quota;
    private final Presence presence;
    private final States states = new States();
    private volatile DeviceProfile profile;
    private volatile Map<String, Source> children = Map.of();
    private volatile @Nullable Instant spokenFor;

    public Source(DeviceProfile profile, Quota quota) {
        this(profile, quota, new Presence(profile.id().value()));
    }

    /** @param presence what was known of it before */
    public Source(DeviceProfile profile, Quota quota, Presence presence) {
        this.device = profile.id().value();
        this.profile = profile;
        this.quota = quota;
        this.presence = presence;
    }

    /** The device's id. */
    public String device() {
        return device;
    }

    public DeviceProfile profile() {
        return profile;
    }

    /** Its telemetry's; of a relay or an account, of everything that it says. */
    public Quota quota() {
        return quota;
    }

    /** What it says again and again. */
    public States states() {
        return states;
    }

    /** What is heard of it. */
    public Presence presence() {
        return presence;
    }

    /** The register may have bound the device to somebody else. What is the same is not exchanged: there are many. */
    public void refresh(DeviceProfile now) {
        if (!now.equals(profile)) {
            profile = now;
        }
    }

    /** The device that it calls by this name, or null if it may not speak for any. */
    public @Nullable Source child(String name) {
        return children.get(name);
    }

    /** Everyone on its list, by name. */
    public Map<String, Source> children() {
        return children;
    }

    /** The register's list; who was on it keeps the quota. */
    public void list(Map<String, DeviceProfile> listed, Quota.Limit limit, long nowNanos) {
        Map<String, Source> before = children;
        if (listed.isEmpty() && before.isEmpty()) {
            return;
        }
        Map<String, Source> now = new HashMap<>();
        listed.forEach((name, child) -> {
            Source known = before.get(name);
            if (known == null || !known.device.equals(child.id().value())) {
                now.put(name, new Source(child, new Quota(limit, nowNanos)));
            } else {
                known.refresh(child);
                now.put(name, known);
            }
        });
        children = now;
    }

    /** Somebody who may spoke for it. */
    public void spokenFor(Instant now) {
        spokenFor = now;
    }

    /** When it was last heard through whoever speaks for it; null if not since it is on that list here. */
    public @Nullable Instant spokenFor() {
        return spokenFor;
    }
}
