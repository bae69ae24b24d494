package org.anban.gateway.presence;

import java.util.Locale;
import java.util.Optional;

/** Why somebody might look at a device; several may hold at once. */
enum FleetState {
    /** It has connections of its own and none now. */
    DISCONNECTED,
    /** It, or one of its signals, has not been heard for several times the interval that is expected. */
    SILENT,
    /** Many short connections: that is shown, and not every one of them. */
    FLAPPING,
    /** Two that are alive take over from each other: one id, two devices. */
    CLONE,
    LOW_BATTERY,
    /** It sends alarms at QoS 0. */
    MAY_BE_LOST;

    /** {@code low-battery} for {@link #LOW_BATTERY}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<FleetState> ofWord(String word) {
        for (FleetState state : values()) {
            if (state.word().equals(word)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
