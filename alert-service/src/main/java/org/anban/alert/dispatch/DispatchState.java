package org.anban.alert.dispatch;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** How far somebody who was sent has come. */
public enum DispatchState {
    ASSIGNED,
    ACCEPTED,
    EN_ROUTE,
    ARRIVED,
    INSIDE,
    DONE,
    CANCELLED;

    /** The one table of allowed moves; a report may skip what nobody told us, but nobody is inside who never arrived. */
    private static final Map<DispatchState, Set<DispatchState>> MOVES = new EnumMap<>(Map.of(
            ASSIGNED, EnumSet.of(ACCEPTED, EN_ROUTE, ARRIVED, CANCELLED),
            ACCEPTED, EnumSet.of(EN_ROUTE, ARRIVED, CANCELLED),
            EN_ROUTE, EnumSet.of(ARRIVED, CANCELLED),
            ARRIVED, EnumSet.of(INSIDE, DONE, CANCELLED),
            INSIDE, EnumSet.of(DONE),
            DONE, EnumSet.noneOf(DispatchState.class),
            CANCELLED, EnumSet.noneOf(DispatchState.class)));

    public boolean mayMoveTo(DispatchState next) {
        return MOVES.getOrDefault(this, Set.of()).contains(next);
    }

    public boolean isUnderWay() {
        return this != DONE && this != CANCELLED;
    }

    /** Somebody of ours has been at the resident's. */
    public boolean isVisit() {
        return this == INSIDE || this == DONE;
    }
}
