package org.anban.launcher.journey.guard;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.anban.launcher.journey.Caller;

/** One good request for each operation that takes a body. A new operation must be added here to be tested at all. */
final class Requests {
    private static final Map<String, Supplier<JsonObject>> BODIES = Map.ofEntries(
            Map.entry(
                    "openSession",
                    () -> new JsonObject().put("username", "operator1").put("password", "a password for tests only")),
            Map.entry("openConcern", () -> command().put("words", "电话没人接")),
            Map.entry("putResidentStatus", () -> new JsonObject().put("status", "HOME")),
            Map.entry(
                    "openIncident",
                    () -> command().put("subject", "resident:r-001").put("words", "没人应门")),
            Map.entry("confirmStream", () -> new JsonObject().put("n", 1)),
            Map.entry("seenIncident", Requests::act),
            Map.entry("takeIncident", Requests::act),
            Map.entry("callIncident", () -> act().put("outcome", "spoke")
                    .put("to", new JsonObject().put("kind", "resident").put("number", "13900001001"))),
            Map.entry("noteIncident", () -> act().put("text", "记一笔")),
            Map.entry("dispatchIncident", () -> act().put("responderId", "p-responder1")),
            Map.entry("closeIncident", () -> act().put("disposition", "TEST").put("noVisitReason", "a test")),
            Map.entry("setDuty", () -> new JsonObject().put("onDuty", false)),
            Map.entry("receiveReceipt", () -> new JsonObject().put("state", "delivered")),
            Map.entry(
                    "createPushAccount",
                    () -> new JsonObject().put("account", "a-cloud").put("dialect", "anban")),
            Map.entry("rotatePushAccount", () -> new JsonObject().put("keepOldMinutes", 30)),
            Map.entry("setPushWords", () -> new JsonObject().put("items", new JsonArray())),
            Map.entry(
                    "changeStanding",
                    () -> new JsonObject().put("standing", "LOST").put("reason", "not found at home")),
            Map.entry("addChild", () -> new JsonObject().put("name", "n").put("device", "w-0001")),
            Map.entry("acceptCredential", () -> new JsonObject().put("accepts", "BOTH")),
            Map.entry("issueKey", () -> new JsonObject().put("overlapHours", 1)),
            Map.entry(
                    "registerBatch",
                    () -> new JsonObject().put("id", "a-batch").put("devices", new JsonArray().add("w-0002"))),
            Map.entry("sendCommand", () -> new JsonObject().put("type", "find")));

    private Requests() {}

    /** Whom or what the parameters of a path mean. */
    record Target(String subject, String incident, String device) {
        String in(Contracts.Operation operation) {
            String id = operation.path().startsWith("/devices/") ? device : incident;
            return operation
                    .path()
                    .replace("{subject}", subject)
                    .replace("{id}", id)
                    .replace("{account}", "a-cloud")
                    .replace("{batch}", "a-batch")
                    .replace("{streamId}", "somebody-elses");
        }
    }

    static JsonObject bodyOf(Contracts.Operation operation) {
        Supplier<JsonObject> body = BODIES.get(operation.id());
        if (body == null) {
            throw new AssertionError("no request for " + operation + " yet: add one");
        }
        return body.get();
    }

    /** A good request of somebody about somebody. */
    static Caller.Answer send(Caller who, Contracts.Operation operation, Target target) {
        String path = target.in(operation);
        if (operation.id().equals("readings")) {
            path += "?signal=heartRate&from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z";
        }
        if (operation.id().equals("removeChild")) {
            path += "?name=n";
        }
        return who.ask(operation.method(), path, operation.hasBody() ? bodyOf(operation) : null);
    }

    private static JsonObject act() {
        return command().put("version", 1);
    }

    private static JsonObject command() {
        return new JsonObject().put("commandId", UUID.randomUUID().toString());
    }
}
