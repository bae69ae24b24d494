package org.anban.contracts.device;

import java.util.regex.Pattern;
import org.anban.contracts.error.CareException;

/**
 * The name of a device on the wire: its MQTT client id, user name and topic level.
 *
 * @param value 1 to 64 characters of {@code A-Z a-z 0-9 . _ -}
 */
public record DeviceId(String value) implements Comparable<DeviceId> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    public DeviceId {
        if (!isOne(value)) {
            throw CareException.invalid("device id: 1 to 64 characters of A-Z a-z 0-9 . _ -");
        }
    }

    /** Whether a text can be the name of a device. */
    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public int compareTo(DeviceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
