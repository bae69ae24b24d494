package org.anban.alert.notice;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Hands a notice to a provider: a signed POST whose body names the recipient and says nothing about health. */
public final class WebhookChannel implements Channel {
    private final NoticeConfig.Webhook config;
    private final InstantSource time;
    private final HttpClient client;

    public WebhookChannel(NoticeConfig.Webhook config, InstantSource time) {
        this.config = config;
        this.time = time;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(config.patience().dividedBy(2))
                .build();
    }

    @Override
    public String name() {
        return WEBHOOK;
    }

    @Override
    public @Nullable Collection<String> within() {
        return null;
    }

    @Override
    public Delivery send(Notice notice) throws InterruptedException {
        String body = body(notice).encode();
        HttpRequest request = HttpRequest.newBuilder(config.url())
                .timeout(config.patience())
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", notice.id())
                .header(Signature.HEADER, Signature.of(config.secret(), time.instant(), notice.id(), body))
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                .build();
        try {
            return judge(
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return Delivery.notSent("no connection to the provider");
        } catch (IOException e) {
            return Delivery.unknown("no answer: " + e.getClass().getSimpleName());
        }
    }

    private static Delivery judge(int status) {
        String detail = "HTTP " + status;
        if (status / 100 == 2) {
            return Delivery.sent(detail);
        }
        boolean later = status / 100 == 5 || status == 408 || status == 425 || status == 429;
        return later ? Delivery.notSent(detail) : Delivery.refused(detail);
    }

    private static JsonObject body(Notice notice) {
        return new JsonObject()
                .put("notice", notice.id())
                .put("incident", notice.incidentId())
                .put("purpose", notice.matter().purpose())
                .put("priority", notice.matter().priority().name())
                .put("kind", notice.matter().kind().name())
                .put("area", notice.matter().area())
                .put(
                        "recipient",
                        new JsonObject()
                                .put("name", notice.recipient().name())
                                .put("number", notice.recipient().number()))
                .put("text", notice.text());
    }
}
