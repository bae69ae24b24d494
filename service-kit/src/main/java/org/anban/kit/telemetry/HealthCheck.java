package org.anban.kit.telemetry;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * One question whose answer decides whether this process can do its work now.
 *
 * @param name {@code database}, {@code alarm-log}, …
 * @param problem empty if all is well, else what is wrong, in words that may be shown to anybody. May block for seconds
 */
public record HealthCheck(String name, Supplier<Optional<String>> problem) {}
