package org.anban.alert.evaluation;

import org.anban.alert.signal.AlertSignal;

/**
 * A signal and the place in the log at which it was said.
 *
 * @param place index in the batch; -1 if it was the passing of time
 */
public record Spoken(long batch, int place, AlertSignal signal) {}
