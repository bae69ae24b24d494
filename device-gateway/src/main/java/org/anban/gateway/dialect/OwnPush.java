package org.anban.gateway.dialect;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.anban.gateway.payload.UnusablePayload;

/**
 * Our own form, for who writes a platform for us: {@code {"messages":[{"device":"…","topic":"event","payload":{…}}]}}, signed as
 * notices are: {@code Anban-Signature: t=SECONDS,v1=HEX}, HMAC-SHA256 over {@code SECONDS.ACCOUNT.BODY}, less than five minutes
 * old. The address check is {@code GET ?challenge=}, signed over the challenge instead of the body, and answered with it.
 */
final class OwnPush implements Dialect {
    private static final String HEADER = "Anban-Signature";
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    @Override
    public String name() {
        return "anban";
    }

    @Override
    public Duration patience() {
        return PATIENCE;
    }

    @Override
    public boolean isProved(PushRequest request, String secret, Instant now) {
        return Proof.holds(request.header(HEADER), secret, now, request.account(), request.body());
    }

    @Override
    public Optional<String> answerToCheck(PushRequest request, String secret, Instant now) {
        String challenge = request.parameter("challenge");
        boolean proved = Proof.holds(request.header(HEADER), secret, now, request.account(), challenge);
        return proved && !challenge.isEmpty() ? Optional.of(challenge) : Optional.empty();
    }

    @Override
    public List<Pushed> read(String body) throws UnusablePayload {
        List<Pushed> found = new ArrayList<>();
        for (JsonObject item : Tree.objects(Tree.object(body), "messages", found)) {
            Object payload = Tree.plain(item.getValue("payload"));
            String text = payload == null ? "" : payload.toString();
            found.add(new Pushed(
                    Tree.numbers(Tree.text(item, "device")),
                    Proof.idOf(item.encode()),
                    new Pushed.Ours(Tree.text(item, "topic"), text)));
        }
        return found;
    }
}
