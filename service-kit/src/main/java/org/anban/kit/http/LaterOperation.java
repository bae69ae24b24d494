package org.anban.kit.http;

import java.util.concurrent.CompletionStage;

/** What an OpenAPI operation does whose answer comes from elsewhere. Runs on a worker thread and does not wait. */
@FunctionalInterface
public interface LaterOperation {
    /** Answers on any thread, with a {@link org.anban.contracts.error.CareException} if it fails; never not at all. */
    CompletionStage<Reply> handle(Call call) throws Exception;
}
