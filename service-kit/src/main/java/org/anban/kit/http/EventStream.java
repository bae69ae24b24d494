package org.anban.kit.http;

import io.vertx.core.json.JsonObject;

/** A server-sent event stream to one client. Methods may be called from any thread and never block. */
public interface EventStream {
    /** Sends one event; false if the stream is closed or the client is too slow, in which case it is closed. */
    boolean send(String event, JsonObject data);

    void onClose(Runnable action);

    boolean isOpen();

    /** Ends it, as when the login behind it was revoked. */
    void close();
}
