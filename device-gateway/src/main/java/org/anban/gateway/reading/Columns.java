package org.anban.gateway.reading;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.anban.contracts.event.Signal;

/** Which column holds which signal. */
final class Columns {
    private static final Signal[] SIGNALS = Signal.values();

    /** All columns, in the order in which rows are copied. */
    static final String ALL = "subject_no, device_no, at, received_at, device_at, "
            + Arrays.stream(SIGNALS).map(Columns::of).collect(Collectors.joining(", "));

    static final int COUNT = 5 + SIGNALS.length;

    private Columns() {}

    static String of(Signal signal) {
        return switch (signal) {
            case LATITUDE -> "lat";
            case LONGITUDE -> "lon";
            default -> signal.name().toLowerCase(Locale.ROOT);
        };
    }

    /** A place needs more digits than a vital sign. */
    static boolean isDouble(Signal signal) {
        return signal == Signal.LATITUDE || signal == Signal.LONGITUDE;
    }
}
