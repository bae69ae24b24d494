package org.anban.kit.http;

import io.vertx.core.json.JsonObject;
import org.anban.contracts.error.CareException;

/**
 * An expected failure whose answer carries more than words: a conflict with the incident as it is now. Thrown where a
 * {@link Reply#problem} cannot be returned because a transaction must roll back.
 */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final CareException failure;
    private final String members;

    /**
     * Creates one.
     *
     * @param members extra members of the problem document
     */
    public ProblemException(CareException failure, JsonObject members) {
        super(failure.getMessage(), failure);
        this.failure = failure;
        this.members = members.encode();
    }

    public Reply reply() {
        return Reply.problem(failure, new JsonObject(members));
    }
}
