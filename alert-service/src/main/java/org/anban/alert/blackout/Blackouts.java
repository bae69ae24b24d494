package org.anban.alert.blackout;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.anban.alert.memory.DeviceTrack;
import org.anban.alert.rule.OutageLimits;
import org.anban.alert.rule.Rule;
import org.anban.alert.rule.RuleConfig;
import org.anban.contracts.subject.SubjectId;

/**
 * Knows when the silence of many is one outage: of a street, a relay, a mobile network, a model, or of everything. Its
 * members' own silences are then part of it, and those told already are withdrawn; an alarm of a member is none of its
 * business. It has no clock but the log's, and belongs to the lane's loop.
 */
public final class Blackouts {
    /** Once so many parts of its members are back and no more come, what is left is no outage of many. */
    private static final int HALF = 2;
    /** So many windows after it began an outage spreads no more: who falls silent alone then is judged alone. */
    private static final int WINDOWS_OF_SPREADING = 6;
    /** People are not told more often than this that an outage has grown. */
    private static final Duration TELL_EVERY = Duration.ofMinutes(1);

    private final RuleConfig config;
    private final OutageLimits limits;
    private final Map<SubjectId, Blackout> open =
            new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    private Set<String> held = Set.of();
    private Set<String> closed = Set.of();

    public Blackouts(RuleConfig config, Collection<Blackout> open) {
        this.config = config;
        this.limits = config.outages();
        open.forEach(blackout -> this.open.put(blackout.group(), blackout));
    }

    /** Those that have not passed. */
    public Collection<Blackout> open() {
        return open.values();
    }

    /** Begins to count at a moment of the log's clock. */
    public Census census(Rule.Moment moment) {
        return new Census(config, moment, silentMembers());
    }

    /** Whether a device's silence is part of an outage, or may soon turn out to be. */
    public boolean holds(String device) {
        return held.contains(device);
    }

    /** People have ended the incidents of these outages: at the next moment they are over. */
    public void closed(Collection<String> ids) {
        closed = Set.copyOf(ids);
    }

    /**
     * Judges a moment at which everything has been counted.
     *
     * @param batch number of the batch whose time it is: part of the ids of what is said
     * @return the outages that changed; those that have passed are among them once
     */
    public Verdict judge(Census census, long batch) {
        Verdict verdict = new Verdict(batch, census.at());
        open.values().forEach(blackout -> heardAgain(blackout, census, verdict));
        List.copyOf(open.values()).stream()
                .filter(blackout -> closed.contains(blackout.id()))
                .forEach(blackout -> end(blackout, census, verdict));
        joinOpen(census, verdict);
        Explanation explanation = Explanation.of(census, limits);
        explanation.causes().forEach((group, seats) -> {
            if (explanation.isOutage(group)) {
                begins(group, seats, census, verdict);
            }
        });
        open.values().forEach(blackout -> tellIfGrown(blackout, census, verdict));
        List.copyOf(open.values()).forEach(blackout -> endIfPassed(blackout, census, verdict));
        held = new HashSet<>(silentMembers().keySet());
        explanation.causes().values().forEach(seats -> seats.forEach(seat -> held.add(seat.device())));
        return verdict;
    }

    private Map<String, Member> silentMembers() {
        Map<String, Member> silent = new HashMap<>();
        open.values().forEach(blackout -> blackout.members().stream()
                .filter(Member::isSilent)
                .forEach(member -> silent.put(member.device(), member)));
        return silent;
    }

    private void heardAgain(Blackout blackout, Census census, Verdict verdict) {
        for (Member member : List.copyOf(blackout.members())) {
            if (!member.isSilent()) {
                continue;
            }
            DeviceTrack track = census.member(member.device());
            long since = member.silentSince().toEpochMilli();
            if (track == null ? census.speaksForAnother(member) : track.heardAt() > since) {
                Instant at = track == null ? census.at() : Instant.ofEpochMilli(track.heardAt());
                blackout.put(member.back(at));
                verdict.changed(blackout);
            }
        }
    }

    /** Who falls silent while an outage of theirs is young or spreads is part of it; later it is a silence of its own. */
    private void joinOpen(Census census, Verdict verdict) {
        for (Blackout blackout : open.values()) {
            if (!spreads(blackout, census.at())) {
                continue;
            }
            List<Seat> joining = census.dark().stream()
                    .filter(seat -> seat.groups().contains(blackout.group()))
                    .toList();
            if (!joining.isEmpty()) {
                blackout.spread(census.at());
                join(blackout, joining, census, verdict);
                census.forget(joining.stream().map(Seat::device).collect(Collectors.toSet()));
            }
        }
    }

    private boolean spreads(Blackout blackout, Instant now) {
        return !atLeast(limits.window(), blackout.spreadAt(), now)
                && !atLeast(limits.window().multipliedBy(WINDOWS_OF_SPREADING), blackout.openedAt(), now);
    }

    /** One more outage of a group that has one already is its next wave. */
    private void begins(SubjectId group, List<Seat> seats, Census census, Verdict verdict) {
        Blackout lasting = open.get(group);
        if (lasting != null) {
            lasting.spread(census.at());
            join(lasting, seats, census, verdict);
            return;
        }
        String id = verdict.id(group);
        Blackout blackout = new Blackout(id, group, census.at(), List.of());
        open.put(group, blackout);
        join(blackout, seats, census, verdict);
        verdict.begins(blackout, seats.size() + census.lit(group), limits.window());
    }

    private static void tellIfGrown(Blackout blackout, Census census, Verdict verdict) {
        if (blackout.spreadAt().isAfter(blackout.toldAt()) && atLeast(TELL_EVERY, blackout.toldAt(), census.at())) {
            blackout.told(census.at());
            verdict.grows(blackout);
        }
    }

    private static void join(Blackout blackout, List<Seat> seats, Census census, Verdict verdict) {
        for (Seat seat : seats) {
            blackout.put(new Member(
                    seat.device(),
                    seat.subject(),
                    Instant.ofEpochMilli(seat.track().heardAt()),
                    null));
        }
        verdict.changed(blackout);
        Set<SubjectId> told = new LinkedHashSet<>();
        for (Seat seat : seats) {
            Set<String> silent = census.toldSingly(seat.subject());
            if (silent.contains(seat.device()) && silent.stream().allMatch(blackout::isSilent)) {
                told.add(seat.subject());
            }
        }
        verdict.joined(blackout, told);
    }

    private void endIfPassed(Blackout blackout, Census census, Verdict verdict) {
        int silent = blackout.silent();
        int all = silent + census.lit(blackout.group());
        boolean calm = silent <= all * limits.recoveredShare();
        Instant calmSince = blackout.calmSince();
        if (!calm && calmSince != null || calm && calmSince == null) {
            calmSince = calm ? census.at() : null;
            blackout.calm(calmSince);
            verdict.changed(blackout);
        }
        boolean passed = calmSince != null && atLeast(limits.recoveredFor(), calmSince, census.at());
        boolean atRest = silent * HALF <= blackout.members().size()
                && atLeast(limits.window(), blackout.lastBack(), census.at());
        boolean toldSingly = atLeast(config.longSilence(), blackout.openedAt(), census.at());
        if (passed || atRest || toldSingly) {
            end(blackout, census, verdict);
        }
    }

    private static boolean atLeast(Duration span, Instant from, Instant to) {
        return Duration.between(from, to).compareTo(span) >= 0;
    }

    private void end(Blackout blackout, Census census, Verdict verdict) {
        open.remove(blackout.group());
        List<SubjectId> released = new ArrayList<>();
        for (Member member : blackout.members()) {
            DeviceTrack track = census.member(member.device());
            if (member.isSilent() && track != null) {
                track.standAlone();
                released.add(member.subject());
            }
        }
        blackout.end(census.at());
        verdict.ends(blackout, released);
    }
}
