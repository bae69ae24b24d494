package org.anban.kit.edge;

import static org.anban.kit.testing.TestEdge.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.anban.contracts.error.CareException;
import org.anban.kit.http.Api;
import org.anban.kit.http.Call;
import org.anban.kit.http.Reply;
import org.anban.kit.testing.Eventually;
import org.anban.kit.testing.TestEdge;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Operations whose answer comes from elsewhere. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LaterOperationTest {
    private static final int MORE_THAN_ALL_THREADS = 150;

    private final CompletableFuture<Reply> answer = new CompletableFuture<>();
    private final Semaphore asked = new Semaphore(0);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final TestEdge edge = new TestEdge(
            List.of(Api.of("openapi/laters.yaml")
                    .onLater("answerLater", this::answerLater)
                    .onApart("slow", call -> {
                        goOn.await();
                        return Reply.none();
                    })),
            Ada.ONLY);

    private CompletionStage<Reply> answerLater(Call call) {
        return switch (call.path("id")) {
            case "refused" -> throw CareException.invalid("not this one");
            case "failed" -> CompletableFuture.failedStage(CareException.unavailable("nobody answered", null));
            case "broken" -> CompletableFuture.failedStage(new IllegalStateException("jdbc:postgresql://secret"));
            case "open" -> {
                asked.release();
                yield answer;
            }
            default ->
                CompletableFuture.completedStage(
                        Reply.ok(new JsonObject().put("onEventLoop", Context.isOnEventLoopThread())));
        };
    }

    @AfterEach
    void close() {
        goOn.countDown();
        edge.close();
    }

    @Test
    void whileAnswersAreAwaitedOthersAreGivenAndNoneIsLost() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> open = sent("/api/v1/laters/open");
        assertThat(asked.tryAcquire(MORE_THAN_ALL_THREADS, 60, TimeUnit.SECONDS))
                .as("all of them are asked, though none was answered")
                .isTrue();
        assertThat(json(get("/api/v1/laters/now")).getBoolean("onEventLoop")).isFalse();
        assertThat(open).noneMatch(CompletableFuture::isDone);
        answer.complete(Reply.ok(new JsonObject().put("at", "last")));
        for (CompletableFuture<HttpResponse<String>> one : open) {
            assertThat(json(one.get(60, TimeUnit.SECONDS)).getString("at")).isEqualTo("last");
        }
    }

    @Test
    void aFloodOfWhatBlocksHoldsUpNothingThatDoesNot() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> flood = sent("/api/v1/slow");
        Eventually.until("there is no room for more that is slow", () -> flood.stream()
                .filter(CompletableFuture::isDone)
                .anyMatch(refused -> refused.join().statusCode() == 503));
        assertThat(get("/api/v1/laters/now").statusCode()).isEqualTo(200);
        assertThat(goOn.getCount()).isEqualTo(1);
    }

    @Test
    void whatFailsNowOrLaterIsAProblem() throws Exception {
        assertThat(get("/api/v1/laters/refused").statusCode()).isEqualTo(400);
        assertThat(get("/api/v1/laters/failed").statusCode()).isEqualTo(503);
        HttpResponse<String> broken = get("/api/v1/laters/broken");
        assertThat(broken.statusCode()).isEqualTo(500);
        assertThat(broken.body()).doesNotContain("secret");
    }

    private List<CompletableFuture<HttpResponse<String>>> sent(String path) {
        List<CompletableFuture<HttpResponse<String>>> requests = new ArrayList<>();
        for (int i = 0; i < MORE_THAN_ALL_THREADS; i++) {
            requests.add(edge.sendLater(edge.request(path)));
        }
        return requests;
    }

    private HttpResponse<String> get(String path) throws Exception {
        return edge.send(edge.request(path));
    }
}
