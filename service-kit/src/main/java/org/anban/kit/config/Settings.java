package org.anban.kit.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Settings of the process by name: {@code CARE_HTTP_PORT} in the environment, or {@code care.http.port} as a system
 * property, which wins. An empty value counts as none. What cannot be read ends the start with a line that names the
 * variable.
 */
public final class Settings {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final int LAST_PORT = 65_535;

    private final Map<String, String> environment;
    private final Map<String, String> properties;

    private Settings(Map<String, String> environment, Map<String, String> properties) {
        this.environment = environment;
        this.properties = properties;
    }

    /** Those of this process. */
    public static Settings ofProcess() {
        Map<String, String> properties = System.getProperties().stringPropertyNames().stream()
                .collect(Collectors.toMap(Function.identity(), name -> System.getProperty(name, "")));
        return of(System.getenv(), properties);
    }

    public static Settings of(Map<String, String> environment, Map<String, String> properties) {
        return new Settings(Map.copyOf(environment), Map.copyOf(properties));
    }

    /** The value of an environment variable's name, if it is set. */
    public Optional<String> optional(String name) {
        String property = properties.get(name.toLowerCase(Locale.ROOT).replace('_', '.'));
        String value = property == null || property.isBlank() ? environment.get(name) : property;
        return Optional.ofNullable(value).map(String::trim).filter(v -> !v.isEmpty());
    }

    public String require(String name) {
        return optional(name).orElseThrow(() -> new StartException(name + " is not set"));
    }

    public int integer(String name, int fallback, int least, int most) {
        Optional<String> value = optional(name);
        if (value.isEmpty()) {
            return fallback;
        }
        try {
            int number = Integer.parseInt(value.get());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new StartException(name + "=" + value.get() + " is not a whole number from " + least + " to " + most);
    }

    /** A TCP port; 0 means any free one. */
    public int port(String name, int fallback) {
        return integer(name, fallback, 0, LAST_PORT);
    }

    public boolean flag(String name, boolean fallback) {
        return optional(name)
                .map(value -> switch (value.toLowerCase(Locale.ROOT)) {
                    case "true", "yes", "on", "1" -> true;
                    case "false", "no", "off", "0" -> false;
                    default -> throw new StartException(name + "=" + value + " is neither true nor false");
                })
                .orElse(fallback);
    }

    /** {@code 250ms}, {@code 30s}, {@code 15m}, {@code 24h}, {@code 7d}. */
    public Duration duration(String name, Duration fallback) {
        return optional(name).map(value -> duration(name, value)).orElse(fallback);
    }

    public Path path(String name, Path fallback) {
        return optional(name).map(value -> path(name, value)).orElse(fallback);
    }

    private static Duration duration(String name, String value) {
        Matcher matcher = DURATION.matcher(value);
        if (!matcher.matches()) {
            throw new StartException(name + "=" + value + " is not a duration such as 250ms, 30s, 15m, 24h or 7d");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    private static Path path(String name, String value) {
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            throw new StartException(name + "=" + value + " is not a path", e);
        }
    }
}
