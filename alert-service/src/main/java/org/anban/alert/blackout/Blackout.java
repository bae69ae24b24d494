package org.anban.alert.blackout;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.anban.contracts.incident.IncidentKind;
import org.anban.contracts.incident.Priority;
import org.anban.contracts.subject.SubjectId;
import org.jspecify.annotations.Nullable;

/** An outage of many that has been told and has not passed, with its members. Belongs to the lane's loop. */
public final class Blackout {
    private final String id;
    private final SubjectId group;
    private final Instant openedAt;
    private final Map<String, Member> members = new TreeMap<>();
    private final Set<String> unsaved = new TreeSet<>();
    private Instant spreadAt;
    private Instant toldAt;
    private @Nullable Instant calmSince;
    private @Nullable Instant endedAt;

    /** @param id of the signal that opened it */
    public Blackout(String id, SubjectId group, Instant openedAt, Collection<Member> members) {
        this.id = id;
        this.group = group;
        this.openedAt = openedAt;
        this.spreadAt = openedAt;
        this.toldAt = openedAt;
        members.forEach(this::put);
    }

    /** What the incident of such a group is about. */
    static IncidentKind kind(SubjectId group) {
        return switch (group.kind()) {
            case AREA -> IncidentKind.AREA_OUTAGE;
            case MODEL, CARRIER -> IncidentKind.VENDOR_OUTAGE;
            case RELAY -> IncidentKind.RELAY_OUTAGE;
            case INTAKE -> IncidentKind.INTAKE_OUTAGE;
            case RESIDENT, DWELLING, FACILITY, UNBOUND -> throw new IllegalArgumentException(group + " is no group");
        };
    }

    /** If everything is silent, nobody's alarm may reach us. */
    static Priority priority(SubjectId group) {
        return group.kind() == SubjectId.Kind.INTAKE ? Priority.P1 : Priority.P2;
    }

    public String id() {
        return id;
    }

    public SubjectId group() {
        return group;
    }

    public Instant openedAt() {
        return openedAt;
    }

    /** By device. */
    public Collection<Member> members() {
        return Collections.unmodifiableCollection(members.values());
    }

    /** When somebody joined last. */
    public Instant spreadAt() {
        return spreadAt;
    }

    /** When people were told last how many it concerns. */
    public Instant toldAt() {
        return toldAt;
    }

    /** Since when few enough are silent; null while more are. */
    public @Nullable Instant calmSince() {
        return calmSince;
    }

    /** When it had passed; null before. */
    public @Nullable Instant endedAt() {
        return endedAt;
    }

    public void spread(Instant at) {
        spreadAt = at;
    }

    public void told(Instant at) {
        toldAt = at;
    }

    public void calm(@Nullable Instant since) {
        calmSince = since;
    }

    void put(Member member) {
        members.put(member.device(), member);
        unsaved.add(member.device());
    }

    boolean isSilent(String device) {
        Member member = members.get(device);
        return member != null && member.isSilent();
    }

    /** Those that changed since they were saved. */
    Collection<Member> unsaved() {
        return unsaved.stream().map(members::get).toList();
    }

    /** All of it is durable. */
    public void saved() {
        unsaved.clear();
    }

    void end(Instant at) {
        endedAt = at;
    }

    int silent() {
        return (int) members.values().stream().filter(Member::isSilent).count();
    }

    /** When one was last heard again; when it began, if none was. */
    Instant lastBack() {
        Instant last = openedAt;
        for (Member member : members.values()) {
            Instant back = member.backAt();
            if (back != null && back.isAfter(last)) {
                last = back;
            }
        }
        return last;
    }
}
