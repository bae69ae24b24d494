package org.anban.gateway.senml;

import org.jspecify.annotations.Nullable;

/**
 * A resolved record: no base fields, an absolute time.
 *
 * @param name base name and name
 * @param unit empty if there is none
 * @param time Unix time in seconds
 * @param value exactly one kind of value, or none beside a sum
 * @param sum the integral over time, or NaN
 * @param updateTime longest time in seconds until the next value, or NaN
 */
public record SenmlRecord(String name, String unit, double time, @Nullable Value value, double sum, double updateTime) {
    /** One of SenML's four kinds of value. */
    public sealed interface Value {}

    /** Label {@code v}. */
    public record Numeric(double number) implements Value {}

    /** Label {@code vs}. */
    public record Text(String text) implements Value {}

    /** Label {@code vb}. */
    public record Flag(boolean yes) implements Value {}

    /** Label {@code vd}, base64url. */
    public record Data(String base64) implements Value {}
}
