package org.anban.kit.http;

/** What an OpenAPI operation with a {@code text/event-stream} answer does. */
@FunctionalInterface
public interface StreamOperation {
    /** Called on a worker thread once the caller is known; whoever keeps the stream must watch its closing. */
    void open(Call call, EventStream stream) throws Exception;
}
