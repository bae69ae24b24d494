package org.anban.simulator.phone;

import java.time.Instant;

/**
 * A telephone that rang.
 *
 * @param notice id of the notice, which is also its idempotency key
 * @param name whose telephone
 */
public record Ring(
        Instant at,
        String notice,
        String incident,
        String purpose,
        String priority,
        String kind,
        String name,
        String number,
        String text) {
    /** As the demo prints it. */
    public String words() {
        return "the phone of " + (name.isEmpty() ? "somebody" : name) + " rings: " + text;
    }
}
