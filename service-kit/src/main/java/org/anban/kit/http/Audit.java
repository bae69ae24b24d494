package org.anban.kit.http;

import org.anban.contracts.access.Principal;
import org.jspecify.annotations.Nullable;

/** The record of who read or did what. */
public interface Audit {
    /**
     * Records one read or act, durably, before it is answered.
     *
     * @param action {@code incident.read}, {@code readings.read}, …
     * @param subject whom it was about, or null
     * @param detail an id or a reason; never a name, a number or a vital sign
     * @throws org.anban.contracts.error.CareException UNAVAILABLE if it cannot be recorded: a family read must then fail,
     *     an operator's read of an alarm must not (see {@link #recordOrCount})
     */
    void record(Principal who, String action, @Nullable String subject, String detail);

    /** The same, but a failure is logged and counted, and never stops the caller. */
    void recordOrCount(Principal who, String action, @Nullable String subject, String detail);
}
