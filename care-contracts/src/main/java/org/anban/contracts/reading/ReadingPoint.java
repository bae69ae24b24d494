package org.anban.contracts.reading;

import java.time.Instant;

/** One number of a series, in the unit of its signal. */
public record ReadingPoint(Instant at, double value) {}
