package org.anban.contracts.access;

import java.util.Optional;

/** Who a session token belongs to. Owned by the care platform. Calls block. */
public interface SessionDirectory {
    /** The person, or empty if the token is unknown, expired or revoked. */
    Optional<Principal> authenticate(String token);
}
