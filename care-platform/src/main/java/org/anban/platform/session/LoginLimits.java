package org.anban.platform.session;

import java.time.Duration;
import org.anban.contracts.error.CareException;

/**
 * How often somebody may be wrong. Counted by user name and address together, and by address: an attack from elsewhere
 * never locks an operator out, nor does one from the same address lock out who logged in from there before.
 *
 * @param perUserAndAddress wrong passwords for one user name from one address
 * @param perAddress wrong passwords from one address
 * @param window in which they are counted
 */
public record LoginLimits(int perUserAndAddress, int perAddress, Duration window) {
    public static final LoginLimits USUAL = new LoginLimits(10, 60, Duration.ofMinutes(15));

    public LoginLimits {
        if (perUserAndAddress < 1 || perAddress < perUserAndAddress) {
            throw CareException.invalid("login limits: 1 ≤ per user and address ≤ per address");
        }
    }
}
