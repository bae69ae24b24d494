package org.anban.kit.http;

import io.vertx.core.json.JsonObject;
import org.anban.contracts.access.Principal;
import org.anban.contracts.access.Role;
import org.anban.contracts.error.CareException;
import org.jspecify.annotations.Nullable;

/**
 * A request that the OpenAPI contract has accepted.
 *
 * @see Api
 */
public interface Call {
    /** Who asks; operations without security in the contract have nobody. */
    Principal principal();

    /** A path parameter. */
    String path(String name);

    /** A query parameter, or null. */
    @Nullable
    String query(String name);

    /** A request header, or null. */
    @Nullable
    String header(String name);

    /** The JSON body; an empty object if there was none. */
    JsonObject body();

    /** The raw body as UTF-8 text, for signatures. */
    String rawBody();

    /** Address of the client. */
    String remoteAddress();

    /** The token that the caller presented, or null. */
    @Nullable
    String token();

    default void require(Role... anyOf) {
        if (!principal().hasAny(anyOf)) {
            throw CareException.forbidden("your role does not allow this");
        }
    }
}
