package org.anban.gateway.payload;

/** The topics of one device, {@code care/v1/{id}/…}. */
public enum Topic {
    TELEMETRY,
    EVENT,
    REPLY,
    /** "online", "offline", whatever a device is used to say there: taken, a sign of life, and nothing to log. */
    STATUS;

    /** Topics start with this, then the device's id. */
    public static final String PREFIX = "care/v1/";

    private final String suffix = "/" + name().toLowerCase(java.util.Locale.ROOT);

    /** The full name for one device. */
    public String of(String deviceId) {
        return PREFIX + deviceId + suffix;
    }

    /** The one topic that a device may subscribe to. */
    public static String command(String deviceId) {
        return PREFIX + deviceId + "/command";
    }
}
