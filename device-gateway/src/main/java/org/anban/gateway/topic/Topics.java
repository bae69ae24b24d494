package org.anban.gateway.topic;

import org.anban.gateway.payload.Address;
import org.jspecify.annotations.Nullable;

/** The topics of one sender. May be asked from any thread, for every message: it is cheap. */
public interface Topics {
    /** What it means that this sender publishes there; null if it may not. */
    @Nullable
    Address find(String topic);

    /**
     * Whether the sender may subscribe to this besides its commands: software that insists on a subscription gets it,
     * and nothing is ever sent there.
     */
    default boolean mayListen(String filter) {
        return false;
    }
}
