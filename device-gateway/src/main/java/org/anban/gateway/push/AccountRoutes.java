package org.anban.gateway.push;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.anban.contracts.access.Role;
import org.anban.contracts.error.CareException;
import org.anban.gateway.vocabulary.Word;
import org.anban.kit.http.Api;
import org.anban.kit.http.Audit;
import org.anban.kit.http.Call;
import org.anban.kit.http.Reply;

/** Accounts, for administrators. Every change is recorded; a secret is shown once. */
final class AccountRoutes {
    private static final int KEEP_OLD_MINUTES = 24 * 60;

    private final Accounts accounts;
    private final Audit audit;

    AccountRoutes(Accounts accounts, Audit audit) {
        this.accounts = accounts;
        this.audit = audit;
    }

    void mount(Api api) {
        api.on("pushAccounts", this::list);
        api.on("createPushAccount", this::create);
        api.on("rotatePushAccount", this::rotate);
        api.on("enablePushAccount", call -> setActive(call, true));
        api.on("disablePushAccount", call -> setActive(call, false));
        api.on("setPushWords", this::setWords);
    }

    private Reply list(Call call) {
        call.require(Role.ADMINISTRATOR);
        JsonArray items = new JsonArray();
        accounts.all().forEach(account -> items.add(item(account)));
        return Reply.items(items);
    }

    private static JsonObject item(Account account) {
        JsonArray words = new JsonArray();
        for (Word word : account.words()) {
            words.add(new JsonObject()
                    .put("model", word.model())
                    .put("name", word.name())
                    .put("value", word.value())
                    .put("means", word.means()));
        }
        return new JsonObject()
                .put("account", account.name())
                .put("dialect", account.dialect().name())
                .put("state", account.active() ? "active" : "disabled")
                .put("createdAt", account.createdAt().toString())
                .put("words", words);
    }

    private Reply create(Call call) {
        call.require(Role.ADMINISTRATOR);
        String name = call.body().getString("account");
        record(call, "push-account.create", name);
        String secret = accounts.create(
                name, call.body().getString("dialect"), call.principal().personId());
        return Reply.created(shown(name, secret));
    }

    private Reply rotate(Call call) {
        call.require(Role.ADMINISTRATOR);
        String name = call.path("account");
        record(call, "push-account.rotate", name);
        Duration keep = Duration.ofMinutes(call.body().getInteger("keepOldMinutes", KEEP_OLD_MINUTES));
        return Reply.ok(shown(name, accounts.rotate(name, keep, call.principal().personId())));
    }

    private static JsonObject shown(String account, String secret) {
        return new JsonObject().put("account", account).put("secret", secret).put("path", "/api/v1/push/" + account);
    }

    private Reply setActive(Call call, boolean active) {
        call.require(Role.ADMINISTRATOR);
        record(call, active ? "push-account.enable" : "push-account.disable", call.path("account"));
        accounts.setActive(call.path("account"), active, call.principal().personId());
        return Reply.none();
    }

    private Reply setWords(Call call) {
        call.require(Role.ADMINISTRATOR);
        List<Word> words = new ArrayList<>();
        for (Object item : call.body().getJsonArray("items")) {
            JsonObject word = (JsonObject) item;
            words.add(new Word(
                    word.getString("model", ""),
                    word.getString("name"),
                    word.getString("value", ""),
                    word.getString("means")));
        }
        if (words.stream()
                        .map(word -> List.of(word.model(), word.name(), word.value()))
                        .distinct()
                        .count()
                < words.size()) {
            throw CareException.invalid("words: two for the same model, name and value");
        }
        record(call, "push-account.words", call.path("account"));
        accounts.setWords(call.path("account"), words, call.principal().personId());
        return Reply.none();
    }

    private void record(Call call, String action, String account) {
        audit.record(call.principal(), action, null, account);
    }
}
