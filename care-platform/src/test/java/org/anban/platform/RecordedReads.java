package org.anban.platform;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.anban.contracts.access.Principal;
import org.anban.contracts.error.CareException;
import org.anban.kit.http.Audit;
import org.jspecify.annotations.Nullable;

/** An audit that remembers, or that cannot write. */
public final class RecordedReads implements Audit {
    public final List<String> lines = new CopyOnWriteArrayList<>();
    public volatile boolean broken;

    @Override
    public void record(Principal who, String action, @Nullable String subject, String detail) {
        if (broken) {
            throw CareException.unavailable("the audit cannot be written", null);
        }
        lines.add(who.username() + " " + action + " " + subject);
    }

    @Override
    public void recordOrCount(Principal who, String action, @Nullable String subject, String detail) {
        if (!broken) {
            lines.add(who.username() + " " + action + " " + subject);
        }
    }
}
