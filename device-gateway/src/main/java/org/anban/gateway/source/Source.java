package org.anban.gateway.source;

import org.anban.contracts.device.DeviceProfile;

/**
 * The device that a message is about: what the register knows of it and how much it may still send. The profile is
 * exchanged while others read it; the quota belongs to the one event loop that takes the device's messages.
 */
public final class Source {
    private final String device;
    private final Quota quota;
    private volatile DeviceProfile profile;

    public Source(DeviceProfile profile, Quota quota) {
        this.device = profile.id().value();
        this.profile = profile;
        this.quota = quota;
    }

    /** The device's id. */
    public String device() {
        return device;
    }

    public DeviceProfile profile() {
        return profile;
    }

    public Quota quota() {
        return quota;
    }

    /** The register may have bound the device to somebody else. */
    public void refresh(DeviceProfile now) {
        profile = now;
    }
}
