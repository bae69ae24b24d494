package org.anban.alert.blackout;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anban.alert.memory.DeviceTrack;
import org.anban.alert.memory.SubjectMemory;
import org.anban.alert.rule.Promise;
import org.anban.alert.rule.Rule.Moment;
import org.anban.alert.rule.RuleConfig;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.device.Standing;
import org.anban.contracts.subject.SubjectId;
import org.anban.contracts.subject.SubjectProfile;
import org.anban.contracts.subject.SubjectStatus;
import org.jspecify.annotations.Nullable;

/**
 * All devices at one moment of the log's clock: how many of each group are heard as they promised, and who has broken
 * the promise within the window. Who did so longer ago was not alive and does not count, nor does who speaks rarely,
 * whose wearer is not at home, whose battery was nearly flat, or who was a member of
 * an outage that has passed and has not been heard since. After an outage of ours, who has not been heard since
 * is given the window to come back before it counts.
 */
public final class Census {
    private static final SubjectId EVERYTHING = new SubjectId(SubjectId.Kind.INTAKE, "all");
    private static final int LONGEST_KEY = 80;

    private final RuleConfig config;
    private final Moment moment;
    private final long now;
    private final long listening;
    private final Map<SubjectId, Integer> lit = new HashMap<>();
    private final List<Seat> dark = new ArrayList<>();
    private final Map<String, DeviceTrack> silentMembers = new HashMap<>();
    private final Map<SubjectId, Set<String>> toldSingly = new HashMap<>();
    private final Map<String, Member> members;

    Census(RuleConfig config, Moment moment, Map<String, Member> members) {
        this.config = config;
        this.moment = moment;
        this.now = moment.now().toEpochMilli();
        this.listening = moment.listeningSince().toEpochMilli();
        this.members = members;
    }

    /** Counts the devices of a subject. */
    public void count(SubjectId subject, SubjectMemory memory) {
        if (subject.kind() == SubjectId.Kind.UNBOUND || memory.devices().isEmpty()) {
            return;
        }
        SubjectProfile profile = moment.profiles().subject(subject);
        for (DeviceTrack track : memory.devices()) {
            count(profile, track);
        }
    }

    private void count(SubjectProfile profile, DeviceTrack track) {
        Optional<DeviceProfile> device = moment.profiles().device(new DeviceId(track.device()));
        if (device.isPresent() && !device.get().subjectAt(moment.now()).equals(profile.id())) {
            return;
        }
        if (track.silence() != DeviceTrack.Silence.NONE) {
            toldSingly.computeIfAbsent(profile.id(), key -> new HashSet<>(2)).add(track.device());
        }
        Member member = members.get(track.device());
        if (member != null && member.subject().equals(profile.id())) {
            silentMembers.put(track.device(), track);
            if (track.heardAt() <= member.silentSince().toEpochMilli()) {
                return;
            }
        }
        if (track.standsAlone() || !track.wasHeard()) {
            return;
        }
        long interval = Promise.interval(track, device, config);
        if (interval > config.outages().longestInterval().toMillis() || profile.status() != SubjectStatus.HOME) {
            return;
        }
        if (track.heardAt() < listening
                && now - listening < config.outages().window().toMillis()) {
            return;
        }
        long brokenAt = Math.max(track.quietFrom(), listening) + Promise.broken(interval);
        if (now < brokenAt) {
            groups(profile, device).forEach(group -> lit.merge(group, 1, Integer::sum));
        } else if (brokenAt > now - config.outages().window().toMillis()
                && !track.condition().batteryFlat()) {
            dark.add(new Seat(profile.id(), track, brokenAt, interval, groups(profile, device)));
        }
    }

    private static List<SubjectId> groups(SubjectProfile profile, Optional<DeviceProfile> device) {
        List<SubjectId> groups = new ArrayList<>(5);
        DeviceProfile known = device.orElse(null);
        if (known != null) {
            DeviceId relay = known.relay();
            add(groups, SubjectId.Kind.RELAY, relay == null ? "" : relay.value());
        }
        add(groups, SubjectId.Kind.AREA, profile.areaPath());
        if (known != null && known.standing() != Standing.RETIRED) {
            add(groups, SubjectId.Kind.CARRIER, known.carrier());
            add(groups, SubjectId.Kind.MODEL, known.model());
        }
        groups.add(EVERYTHING);
        return groups;
    }

    private static void add(List<SubjectId> groups, SubjectId.Kind kind, String name) {
        if (!name.isEmpty()) {
            String key = name.replace(':', '_');
            groups.add(new SubjectId(kind, key.substring(0, Math.min(key.length(), LONGEST_KEY))));
        }
    }

    /** Those of a group that are heard as they promised. */
    int lit(SubjectId group) {
        return lit.getOrDefault(group, 0);
    }

    /** Who broke the promise within the window and is no member of an outage yet, by device. */
    List<Seat> dark() {
        dark.sort(Comparator.comparing(Seat::device));
        return dark;
    }

    void forget(Set<String> devices) {
        dark.removeIf(seat -> devices.contains(seat.device()));
    }

    /** The devices of a subject whose silence has been told by itself. */
    Set<String> toldSingly(SubjectId subject) {
        return toldSingly.getOrDefault(subject, Set.of());
    }

    /** The track of a silent member; null if there is none, or the device no longer speaks for the member's subject. */
    @Nullable
    DeviceTrack member(String device) {
        return silentMembers.get(device);
    }

    /** Whether a member's device speaks for somebody else by now. */
    boolean speaksForAnother(Member member) {
        return moment.profiles()
                .device(new DeviceId(member.device()))
                .filter(device -> !device.subjectAt(moment.now()).equals(member.subject()))
                .isPresent();
    }

    Instant at() {
        return moment.now();
    }
}
