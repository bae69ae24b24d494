package org.anban.platform;

import java.time.Duration;
import java.time.ZoneId;
import org.anban.platform.origin.Proxies;
import org.anban.platform.session.LoginLimits;
import org.anban.platform.session.SessionTerms;

/**
 * What a district may set.
 *
 * @param zone whose calendar ages go by
 * @param proxies reverse proxies in front of us, whose word about a client's address counts
 * @param memory how old an answer about a device or a resident's status may be in another process
 */
public record PlatformConfig(ZoneId zone, Duration memory, SessionTerms sessions, LoginLimits logins, Proxies proxies) {
    public static final PlatformConfig USUAL = new PlatformConfig(
            ZoneId.of("Asia/Shanghai"), Duration.ofSeconds(3), SessionTerms.USUAL, LoginLimits.USUAL, Proxies.NONE);

    public PlatformConfig behind(Proxies others) {
        return new PlatformConfig(zone, memory, sessions, logins, others);
    }
}
