package org.anban.alert.blackout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.anban.alert.rule.OutageLimits;
import org.anban.contracts.subject.SubjectId;

/**
 * Which groups explain that these devices fell silent. Devices share a relay, a street, a network, a model with others,
 * so one cause darkens parts of many groups. Each kind of group is tried as the main cause, the others for what it
 * leaves over; the explanation with the fewest groups is taken, of those the one that fits best (the largest part of
 * its groups is silent), of those the most specific. A group takes part from half the share that makes an outage, so
 * that a cause that is still spreading is not mistaken for one of its parts.
 */
final class Explanation {
    private static final List<SubjectId.Kind> NARROW_TO_WIDE = List.of(
            SubjectId.Kind.RELAY,
            SubjectId.Kind.AREA,
            SubjectId.Kind.CARRIER,
            SubjectId.Kind.MODEL,
            SubjectId.Kind.INTAKE);

    private final Census census;
    private final OutageLimits limits;
    private final Map<SubjectId, List<Seat>> causes = new LinkedHashMap<>();

    private Explanation(Census census, OutageLimits limits) {
        this.census = census;
        this.limits = limits;
    }

    /** The best one; without causes if these silences have none in common. */
    static Explanation of(Census census, OutageLimits limits) {
        Explanation best = new Explanation(census, limits);
        if (census.dark().size() < limits.leastBehindRelay()) {
            return best;
        }
        for (SubjectId.Kind leader : NARROW_TO_WIDE) {
            Explanation tried = new Explanation(census, limits);
            tried.explain(leader);
            if (!tried.causes.isEmpty() && (best.causes.isEmpty() || tried.isBetterThan(best))) {
                best = tried;
            }
        }
        return best;
    }

    /** Groups and those of their devices that fell silent. */
    Map<SubjectId, List<Seat>> causes() {
        return causes;
    }

    /**
     * Whether so much of a group is silent that it is an outage, and for so long that whoever shares its cause must have
     * broken the promise as well: what spreads is not told before it can be seen how far.
     */
    boolean isOutage(SubjectId group) {
        List<Seat> seats = causes.getOrDefault(group, List.of());
        long first = Long.MAX_VALUE;
        long interval = 0;
        for (Seat seat : seats) {
            first = Math.min(first, seat.brokenAt());
            interval = Math.max(interval, seat.interval());
        }
        long patience = Math.min(interval, limits.window().toMillis() / 2);
        return share(group) >= needed(group) && census.at().toEpochMilli() - first >= patience;
    }

    private void explain(SubjectId.Kind leader) {
        Map<String, Seat> left = new TreeMap<>();
        census.dark().forEach(seat -> left.put(seat.device(), seat));
        choose(leader, left);
        NARROW_TO_WIDE.stream().filter(kind -> kind != leader).forEach(kind -> choose(kind, left));
    }

    private void choose(SubjectId.Kind kind, Map<String, Seat> left) {
        Map<SubjectId, List<Seat>> groups = new TreeMap<>(Comparator.comparing(SubjectId::key));
        left.values().forEach(seat -> seat.groups().stream()
                .filter(group -> group.kind() == kind)
                .forEach(group ->
                        groups.computeIfAbsent(group, key -> new ArrayList<>()).add(seat)));
        groups.forEach((group, seats) -> {
            if (takesPart(group, seats)) {
                causes.put(group, seats);
                seats.forEach(seat -> left.remove(seat.device()));
            }
        });
    }

    private boolean takesPart(SubjectId group, List<Seat> seats) {
        int least =
                switch (group.kind()) {
                    case RELAY -> limits.leastBehindRelay();
                    case INTAKE -> limits.leastOfFleet();
                    default -> limits.least();
                };
        return seats.size() >= least
                && (group.kind() == SubjectId.Kind.RELAY || subjects(seats) >= limits.leastSubjects())
                && share(group, seats) >= needed(group) / 2;
    }

    private double needed(SubjectId group) {
        return switch (group.kind()) {
            case RELAY -> limits.relayShare();
            case INTAKE -> limits.fleetShare();
            default -> limits.share();
        };
    }

    private static int subjects(List<Seat> seats) {
        Set<SubjectId> subjects = new HashSet<>();
        seats.forEach(seat -> subjects.add(seat.subject()));
        return subjects.size();
    }

    private double share(SubjectId group) {
        return share(group, causes.getOrDefault(group, List.of()));
    }

    private double share(SubjectId group, List<Seat> seats) {
        return seats.isEmpty() ? 0 : (double) seats.size() / (seats.size() + census.lit(group));
    }

    private boolean isBetterThan(Explanation other) {
        return causes.size() != other.causes.size() ? causes.size() < other.causes.size() : fit() > other.fit();
    }

    private double fit() {
        int silent = 0;
        int all = 0;
        for (Map.Entry<SubjectId, List<Seat>> cause : causes.entrySet()) {
            silent += cause.getValue().size();
            all += cause.getValue().size() + census.lit(cause.getKey());
        }
        return (double) silent / all;
    }
}
