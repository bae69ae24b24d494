package org.anban.gateway.dialect;

import org.jspecify.annotations.Nullable;

/**
 * A request of a platform, as it came.
 *
 * @param account the account in its path
 * @param body what was sent, as text; empty for a GET
 * @param query its query parameters
 * @param headers its headers, whatever the case of their names
 */
public record PushRequest(String account, String body, Fields query, Fields headers) {
    /** Named texts. */
    @FunctionalInterface
    public interface Fields {
        /** The text of that name, or null. */
        @Nullable
        String get(String name);
    }

    /** A query parameter; empty if it is missing. */
    String parameter(String name) {
        String value = query.get(name);
        return value == null ? "" : value;
    }

    /** A header; empty if it is missing. */
    String header(String name) {
        String value = headers.get(name);
        return value == null ? "" : value;
    }
}
