package org.anban.kit.edge;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RequestExtractor;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Path;
import io.vertx.openapi.validation.RequestValidator;
import io.vertx.openapi.validation.ValidatableRequest;
import io.vertx.openapi.validation.ValidatedRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.anban.contracts.access.Principal;
import org.anban.contracts.access.SessionDirectory;
import org.anban.kit.http.Api;
import org.anban.kit.http.Reply;
import org.jspecify.annotations.Nullable;

/**
 * The routes of one contract. For each request: who is it, does it keep to the contract, then the operation, in this
 * order, so that a stranger learns nothing about what a valid request would be.
 */
final class ContractRoutes {
    private static final RequestExtractor EXTRACTOR = RequestExtractor.withBodyHandler();

    private final Api api;
    private final OpenAPIContract contract;
    private final RequestValidator validator;
    private final SessionDirectory sessions;
    private final Workers workers;
    private final OpenStreams streams;

    ContractRoutes(
            Vertx vertx,
            Api api,
            OpenAPIContract contract,
            SessionDirectory sessions,
            Workers workers,
            OpenStreams streams) {
        this.api = api;
        this.contract = contract;
        this.validator = RequestValidator.create(vertx, contract);
        this.sessions = sessions;
        this.workers = workers;
        this.streams = streams;
    }

    /**
     * Adds a route for each operation.
     *
     * @param taken methods and paths of earlier contracts; this one's are added
     * @throws IllegalStateException if contract and handlers do not match, or two contracts claim one address
     */
    void mount(Router router, Set<String> taken) {
        checkHandlers();
        for (Path path : contract.getPaths()) { // fixed paths come before those with parameters
            for (Operation operation : path.getOperations()) {
                String address = operation.getAbsoluteOpenAPIPath();
                if (!taken.add(operation.getHttpMethod() + " " + address.replaceAll("\\{.*?}", "{}"))) {
                    throw new IllegalStateException(
                            api.contract() + ": " + operation.getHttpMethod() + " " + address + " is taken");
                }
                boolean open = isOpen(operation);
                router.route(operation.getHttpMethod(), address.replaceAll("\\{(.*?)}", ":$1"))
                        .handler(context -> handle(context, operation, open));
            }
        }
    }

    private void checkHandlers() {
        Set<String> described = new TreeSet<>();
        contract.operations().forEach(operation -> described.add(operation.getOperationId()));
        Set<String> handled = new TreeSet<>(api.operations().keySet());
        handled.addAll(api.laterOperations().keySet());
        handled.addAll(api.streams().keySet());
        Set<String> missing = new TreeSet<>(described);
        missing.removeAll(handled);
        Set<String> unknown = new HashSet<>(handled);
        unknown.removeAll(described);
        if (!missing.isEmpty() || !unknown.isEmpty()) {
            throw new IllegalStateException(api.contract() + ": operations without handler " + missing
                    + ", handlers without operation " + unknown);
        }
    }

    /** Only if the operation itself says {@code security: []}. */
    private boolean isOpen(Operation operation) {
        JsonObject described = contract.getRawContract()
                .getJsonObject("paths")
                .getJsonObject(operation.getOpenAPIPath())
                .getJsonObject(operation.getHttpMethod().name().toLowerCase(Locale.ROOT));
        return described.getValue("security") instanceof JsonArray security && security.isEmpty();
    }

    private void handle(RoutingContext context, Operation operation, boolean open) {
        String id = operation.getOperationId();
        Credential credential = Credential.of(context.request());
        if (open) {
            validate(context, operation, null, credential);
            return;
        }
        workers.run(() -> credential.authenticate(sessions))
                .onSuccess(who -> validate(context, operation, who, credential))
                .onFailure(failure -> Answers.fail(context, id, failure));
    }

    private void validate(RoutingContext context, Operation operation, @Nullable Principal who, Credential credential) {
        String id = operation.getOperationId();
        Future.succeededFuture(context)
                .compose(asked -> extract(asked, operation)) // inside a future: it throws on a broken escape
                .compose(request -> validator.validate(request, id))
                .map(request -> call(context, request, who, credential))
                .onSuccess(call -> run(context, id, call))
                .onFailure(failure -> Answers.fail(context, id, failure));
    }

    /** The extractor decodes query values that are decoded already, so they are encoded for it once more. */
    private static Future<ValidatableRequest> extract(RoutingContext context, Operation operation) {
        MultiMap query = context.request().params();
        for (String name : Set.copyOf(query.names())) {
            List<String> encoded = query.getAll(name).stream()
                    .map(value -> URLEncoder.encode(value, StandardCharsets.UTF_8))
                    .toList();
            query.set(name, encoded);
        }
        return EXTRACTOR.extractValidatableRequest(context, operation);
    }

    private static AcceptedCall call(
            RoutingContext context, ValidatedRequest request, @Nullable Principal who, Credential credential) {
        return new AcceptedCall(context, request, who, credential.token());
    }

    private void run(RoutingContext context, String id, AcceptedCall call) {
        org.anban.kit.http.Operation operation = api.operations().get(id);
        if (operation != null) {
            Callable<Reply> work = () -> operation.handle(call);
            (api.isApart(id) ? workers.runApart(work) : workers.run(work))
                    .onSuccess(reply -> Answers.write(context, reply))
                    .onFailure(failure -> Answers.fail(context, id, failure));
        } else if (api.laterOperations().containsKey(id)) {
            runLater(context, id, call);
        } else {
            openStream(context, id, call);
        }
    }

    private void runLater(RoutingContext context, String id, AcceptedCall call) {
        workers.runLater(() -> api.laterOperations().get(id).handle(call))
                .compose(answer ->
                        Future.fromCompletionStage(answer, context.vertx().getOrCreateContext()))
                .onSuccess(reply -> Answers.write(context, reply))
                .onFailure(failure -> Answers.fail(context, id, failure));
    }

    private void openStream(RoutingContext context, String id, AcceptedCall call) {
        ClientStream stream = streams.open(context);
        workers.run(() -> {
                    api.streams().get(id).open(call, stream);
                    return null;
                })
                .onSuccess(opened -> stream.begin())
                .onFailure(failure -> {
                    stream.close();
                    Answers.fail(context, id, failure);
                });
    }
}
