package org.anban.gateway.session;

import org.anban.gateway.credential.KeyHash;
import org.jspecify.annotations.Nullable;

/** The connection that a session is attached to. Methods may be called from any thread and never block. */
public interface Attachment {
    /** Why a connection must end. */
    enum Eviction {
        /** The same device connected again. */
        TAKEN_OVER,
        /** The register knows the device no more. */
        NOT_AUTHORISED,
        /** Somebody has blocked or retired the device. */
        BLOCKED
    }

    void evict(Eviction why);

    /** The key that it was opened with; null if the device has a certificate, or only claims. */
    @Nullable
    KeyHash key();

    /** The peer's, for people to read. */
    String address();

    /** Whether the device said good-bye. */
    boolean hasSaidFarewell();

    /** A command waits for this device. */
    void commandsWait();
}
