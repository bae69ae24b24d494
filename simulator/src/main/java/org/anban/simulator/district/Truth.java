package org.anban.simulator.district;

import java.time.Instant;
import org.anban.simulator.resident.Activity;
import org.anban.simulator.resident.Vitals;

/**
 * What was really the case when a device reported.
 *
 * @param at by a clock that is right
 * @param moment of the residents' day
 * @param cause of an alarm that was raised at this moment, else empty
 */
public record Truth(
        Instant at, Instant moment, String device, String subject, Activity activity, Vitals vitals, String cause) {}
