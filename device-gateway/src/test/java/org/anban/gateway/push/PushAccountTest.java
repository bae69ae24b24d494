package org.anban.gateway.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Accounts, as an administrator has them. */
@Timeout(120)
class PushAccountTest {
    private static final String ACCOUNTS = "/api/v1/push-accounts";
    private static final String EMPTY = "{\"messages\":[]}";

    private static PushUnderTest push;

    @BeforeAll
    static void start() {
        push = new PushUnderTest();
    }

    @AfterAll
    static void stop() {
        push.close();
    }

    @Test
    void aSecretIsShownOnceAndLiesSealedInTheDatabase() throws Exception {
        String secret = push.create("once", "anban");
        assertThat(secret).matches("[A-Za-z0-9]{32}");
        String list = push.get("administrator", ACCOUNTS).body();
        assertThat(list).contains("\"once\"").doesNotContain(secret);
        String stored = push.gateway().database().database().inTransaction(handle -> handle.createQuery(
                        "select encode(secret, 'escape') from gateway.push_account where account = 'once'")
                .mapTo(String.class)
                .one());
        assertThat(stored).doesNotContain(secret);
    }

    @Test
    void onlyAdministratorsMakeAccountsAndEveryChangeIsRecorded() throws Exception {
        JsonObject body = new JsonObject().put("account", "recorded").put("dialect", "anban");
        assertThat(push.ask("operator", "POST", ACCOUNTS, body).statusCode()).isEqualTo(403);
        assertThat(push.get("operator", ACCOUNTS).statusCode()).isEqualTo(403);
        push.create("recorded", "anban");
        assertThat(push.ask("administrator", "POST", ACCOUNTS, body).statusCode())
                .as("there is one already")
                .isEqualTo(409);
        change("recorded", "rotate");
        change("recorded", "disable");
        change("recorded", "enable");
        assertThat(push.gateway().audited())
                .contains(
                        "push-account.create recorded",
                        "push-account.rotate recorded",
                        "push-account.disable recorded",
                        "push-account.enable recorded");
    }

    @Test
    void aDialectThatWeDoNotKnowIsRefused() throws Exception {
        JsonObject body = new JsonObject().put("account", "strange").put("dialect", "aliyun");
        assertThat(push.ask("administrator", "POST", ACCOUNTS, body).statusCode())
                .isEqualTo(400);
        JsonObject stranger =
                new JsonObject().put("account", "not-in-the-register").put("dialect", "anban");
        assertThat(push.ask("administrator", "POST", ACCOUNTS, stranger).statusCode())
                .isEqualTo(400);
        assertThat(push.ask("administrator", "POST", ACCOUNTS + "/nobody/disable", new JsonObject())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void theOldSecretHoldsForAWhileWhenANewOneIsMade() throws Exception {
        String old = push.create("rotated", "ctwing");
        HttpResponse<String> answer = push.ask(
                "administrator", "POST", ACCOUNTS + "/rotated/rotate", new JsonObject().put("keepOldMinutes", 30));
        String fresh = new JsonObject(answer.body()).getString("secret");
        Platform platform = push.platform("rotated");
        assertThat(platform.withToken(old, "[]").statusCode()).isEqualTo(200);
        assertThat(platform.withToken(fresh, "[]").statusCode()).isEqualTo(200);
        push.gateway().time().advance(Duration.ofMinutes(31));
        assertThat(platform.withToken(old, "[]").statusCode()).isEqualTo(401);
        assertThat(platform.withToken(fresh, "[]").statusCode()).isEqualTo(200);
    }

    @Test
    void aSecretThatWasNeverUsedPushesOutNoneThatIs() throws Exception {
        String used = push.create("twice", "ctwing");
        Platform platform = push.platform("twice");
        assertThat(platform.withToken(used, "[]").statusCode()).isEqualTo(200);
        String lost = rotated("twice");
        String fresh = rotated("twice");
        assertThat(platform.withToken(used, "[]").statusCode())
                .as("what the platform has")
                .isEqualTo(200);
        assertThat(platform.withToken(lost, "[]").statusCode()).isEqualTo(401);
        assertThat(platform.withToken(fresh, "[]").statusCode()).isEqualTo(200);
        String next = rotated("twice");
        assertThat(platform.withToken(fresh, "[]").statusCode())
                .as("it was used since")
                .isEqualTo(200);
        assertThat(platform.withToken(used, "[]").statusCode()).isEqualTo(401);
        assertThat(platform.withToken(next, "[]").statusCode()).isEqualTo(200);
    }

    private static String rotated(String account) throws Exception {
        HttpResponse<String> answer =
                push.ask("administrator", "POST", ACCOUNTS + "/" + account + "/rotate", new JsonObject());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body()).getString("secret");
    }

    @Test
    void aDisabledAccountPushesNothing() throws Exception {
        String secret = push.create("disabled", "anban");
        Platform platform = push.platform("disabled");
        assertThat(platform.own(secret, push.gateway().time().instant(), EMPTY).statusCode())
                .isEqualTo(200);
        change("disabled", "disable");
        assertThat(platform.own(secret, push.gateway().time().instant(), EMPTY).statusCode())
                .isEqualTo(401);
        change("disabled", "enable");
        assertThat(platform.own(secret, push.gateway().time().instant(), EMPTY).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aWordThatMeansNothingIsRefusedAndTheOthersStay() throws Exception {
        push.create("worded", "anban");
        push.words("worded", new JsonObject().put("name", "hr").put("means", "heartRate"));
        JsonObject wrong = new JsonObject("{\"items\":[{\"name\":\"hr\",\"means\":\"pulse\"}]}");
        assertThat(push.ask("administrator", "PUT", ACCOUNTS + "/worded/words", wrong)
                        .statusCode())
                .isEqualTo(400);
        assertThat(push.get("administrator", ACCOUNTS).body()).contains("\"name\":\"hr\"");
    }

    private static void change(String account, String what) throws Exception {
        HttpResponse<String> answer =
                push.ask("administrator", "POST", ACCOUNTS + "/" + account + "/" + what, new JsonObject());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
    }
}
