package org.anban.kit.http;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * One service's routes: an OpenAPI 3.1 contract on the class path and what each of its operations does. The contract
 * is served, and enforced on requests; an operation is open to callers who are not logged in only if the contract says
 * {@code security: []}.
 */
public final class Api {
    private final String contract;
    private final Map<String, Operation> operations = new LinkedHashMap<>();
    private final Map<String, LaterOperation> later = new LinkedHashMap<>();
    private final Map<String, StreamOperation> streams = new LinkedHashMap<>();
    private final Set<String> apart = new HashSet<>();

    private Api(String contract) {
        this.contract = contract;
    }

    /**
     * Starts an API.
     *
     * @param contract the resource, {@code openapi/alert-service.yaml}; it is served at
     *     {@code /api/v1/openapi/alert-service.yaml}
     */
    public static Api of(String contract) {
        return new Api(contract);
    }

    public Api on(String operationId, Operation operation) {
        operations.put(operationId, operation);
        return this;
    }

    /** As {@link #on}, on threads apart: for what strangers may call and what waits, so that all else goes on. */
    public Api onApart(String operationId, Operation operation) {
        apart.add(operationId);
        return on(operationId, operation);
    }

    /**
     * For an answer that depends on others: the operation runs on threads that are only for such ones, and must not block; while
     * its answer is on the way it holds no thread.
     */
    public Api onLater(String operationId, LaterOperation operation) {
        later.put(operationId, operation);
        return this;
    }

    public Api stream(String operationId, StreamOperation operation) {
        streams.put(operationId, operation);
        return this;
    }

    /** Resource name of the contract. */
    public String contract() {
        return contract;
    }

    public Map<String, Operation> operations() {
        return Map.copyOf(operations);
    }

    /** Whether an operation runs on the threads apart. */
    public boolean isApart(String operationId) {
        return apart.contains(operationId);
    }

    public Map<String, LaterOperation> laterOperations() {
        return Map.copyOf(later);
    }

    public Map<String, StreamOperation> streams() {
        return Map.copyOf(streams);
    }
}
