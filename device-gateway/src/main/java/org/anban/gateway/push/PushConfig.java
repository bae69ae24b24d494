package org.anban.gateway.push;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What pushes need.
 *
 * @param keyFile the key under which accounts' secrets are stored, made when it is first needed; null for no accounts
 */
public record PushConfig(@Nullable Path keyFile) {
    /** No platform can push. */
    public static final PushConfig NONE = new PushConfig(null);
}
