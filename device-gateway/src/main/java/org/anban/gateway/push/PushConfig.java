package org.anban.gateway.push;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What pushes need.
 *
 * @param keyFile the key under which accounts' secrets are stored, made when it is first needed; null for no accounts
 * @param mostWaitingCharacters of all requests that are not durable yet; a quarter is kept for events
 */
public record PushConfig(@Nullable Path keyFile, long mostWaitingCharacters) {
    private static final long MOST_WAITING_CHARACTERS = 32L << 20;

    /** No platform can push. */
    public static final PushConfig NONE = new PushConfig(null);

    public PushConfig(@Nullable Path keyFile) {
        this(keyFile, MOST_WAITING_CHARACTERS);
    }
}
