package org.anban.kit.http;

/** What one OpenAPI operation does. Runs on a worker thread and may block. */
@FunctionalInterface
public interface Operation {
    /** Answers, or throws a {@link org.anban.contracts.error.CareException}, which becomes problem+json. */
    Reply handle(Call call) throws Exception;
}
