package org.anban.alert.incident;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Where an incident stands. */
public enum IncidentState {
    /** A suspicion that its wearer may still cancel and silence confirms. */
    CANDIDATE,
    /** Needs a person; its ladder climbs. */
    OPEN,
    /** A named person holds it. */
    TAKEN,
    /** Ended before anybody had taken it: the wearer cancelled, or a maintenance order is part of a larger one. */
    CANCELLED,
    /** A person ended it. */
    CLOSED;

    /** The one table of allowed moves. TAKEN to TAKEN is a colleague taking over. */
    private static final Map<IncidentState, Set<IncidentState>> MOVES = new EnumMap<>(Map.of(
            CANDIDATE, EnumSet.of(OPEN, TAKEN, CANCELLED),
            OPEN, EnumSet.of(TAKEN, CANCELLED),
            TAKEN, EnumSet.of(TAKEN, OPEN, CLOSED),
            CANCELLED, EnumSet.noneOf(IncidentState.class),
            CLOSED, EnumSet.noneOf(IncidentState.class)));

    public boolean mayMoveTo(IncidentState next) {
        return MOVES.getOrDefault(this, Set.of()).contains(next);
    }

    public boolean isEnded() {
        return this == CANCELLED || this == CLOSED;
    }
}
