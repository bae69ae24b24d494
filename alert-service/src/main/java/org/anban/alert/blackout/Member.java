package org.anban.alert.blackout;

import java.time.Instant;
import org.anban.contracts.subject.SubjectId;
import org.jspecify.annotations.Nullable;

/**
 * A device that fell silent with many others.
 *
 * @param silentSince when it was last heard
 * @param backAt when it was heard again, or no longer speaks for this subject; null while it is silent
 */
public record Member(String device, SubjectId subject, Instant silentSince, @Nullable Instant backAt) {
    public boolean isSilent() {
        return backAt == null;
    }

    Member back(Instant at) {
        return new Member(device, subject, silentSince, at);
    }
}
