package org.anban.alert.notice;

import java.time.Instant;
import org.anban.contracts.incident.IncidentKind;
import org.anban.contracts.incident.Priority;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody must be told of an incident. Sent at least once, with its id as the idempotency key.
 *
 * @param id also the idempotency key of every attempt
 * @param channel the name of a {@link Channel}
 * @param text for the recipient; never health data
 * @param progress how far it has come
 */
public record Notice(
        String id,
        String incidentId,
        String channel,
        Recipient recipient,
        Matter matter,
        String text,
        Progress progress) {

    /** What it is about, as far as a provider may know. */
    public record Matter(String purpose, Priority priority, IncidentKind kind, String area) {
        /** The purpose of what a step of a ladder says; it stands while this run of the incident's clocks goes on. */
        public static String ofLadder(int run, String step) {
            return LADDER + run + ":" + step;
        }
    }

    static final String LADDER = "ladder-";

    /**
     * How far it has come.
     *
     * @param lease names the sender that holds it while it is being sent
     * @param receipt the provider's later word, such as {@code delivered}
     */
    public record Progress(
            NoticeState state,
            int attempts,
            Instant createdAt,
            @Nullable Instant lastAttemptAt,
            @Nullable String lease,
            @Nullable String receipt) {}

    /** A new one, ready to be sent. */
    public static Notice ready(
            String id,
            String incidentId,
            String channel,
            Recipient recipient,
            Matter matter,
            String text,
            Instant now) {
        return new Notice(
                id,
                incidentId,
                channel,
                recipient,
                matter,
                text,
                new Progress(NoticeState.READY, 0, now, null, null, null));
    }

    /** A later claim of one that may have gone out. */
    public boolean isCritical() {
        return matter.priority().isCritical();
    }
}
