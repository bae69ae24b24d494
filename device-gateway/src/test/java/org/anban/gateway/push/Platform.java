package org.anban.gateway.push;

import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.anban.kit.testing.TestEdge;

/** Platforms that push, as their documentation says that they do. */
final class Platform {
    private final TestEdge edge;
    private final String account;

    Platform(TestEdge edge, String account) {
        this.edge = edge;
        this.account = account;
    }

    private String path() {
        return "/api/v1/push/" + account;
    }

    HttpResponse<String> get(String query) throws Exception {
        return edge.send(edge.request(path() + "?" + query));
    }

    /** OneNET's check of the address. */
    HttpResponse<String> oneNetCheck(String token, String message) throws Exception {
        String signature = md5(token + "abcd1234" + message);
        return get("msg=" + encoded(message) + "&nonce=abcd1234&signature=" + encoded(signature));
    }

    /** A push of OneNET's older suites: the message is a structure. */
    HttpResponse<String> oneNet(String token, String message) throws Exception {
        String signature = md5(token + "abcd1234" + message);
        String body = "{\"msg\":" + message + ",\"msg_signature\":\"" + signature + "\",\"nonce\":\"abcd1234\"}";
        return send(edge.request(path()).header("Content-Type", "application/json"), body);
    }

    /** A push of OneNET Studio: the message is a text. */
    HttpResponse<String> studio(String token, String id, JsonObject message) throws Exception {
        String text = message.encode();
        JsonObject body = new JsonObject()
                .put("msg", text)
                .put("nonce", "abcd1234")
                .put("signature", md5(token + "abcd1234" + text))
                .put("time", 1767571200500L)
                .put("id", id);
        return send(edge.request(path()).header("Content-Type", "text/plain"), body.encode());
    }

    /** Whatever body, with the token in the address. */
    HttpResponse<String> withToken(String token, String body) throws Exception {
        return send(edge.request(path() + "?token=" + encoded(token)), body);
    }

    HttpResponse<String> huawei(String token, Instant at, String body) throws Exception {
        String timestamp = String.valueOf(at.toEpochMilli());
        String sorted = List.of(token, timestamp, "n0nce").stream().sorted().collect(Collectors.joining());
        HttpRequest.Builder request = edge.request(path())
                .header("timestamp", timestamp)
                .header("nonce", "n0nce")
                .header("signature", HexFormat.of().formatHex(digest("SHA-256", sorted)));
        return send(request, body);
    }

    HttpResponse<String> own(String secret, Instant at, String body) throws Exception {
        return send(edge.request(path()).header("Anban-Signature", signature(secret, at, body)), body);
    }

    HttpResponse<String> ownCheck(String secret, Instant at, String challenge) throws Exception {
        return edge.send(edge.request(path() + "?challenge=" + encoded(challenge))
                .header("Anban-Signature", signature(secret, at, challenge)));
    }

    private String signature(String secret, Instant at, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String signed = at.getEpochSecond() + "." + account + "." + text;
        return "t=" + at.getEpochSecond() + ",v1="
                + HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String body) throws Exception {
        return edge.send(request.POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static String md5(String text) throws Exception {
        return Base64.getEncoder().encodeToString(digest("MD5", text));
    }

    private static byte[] digest(String algorithm, String text) throws Exception {
        return MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
    }
}
