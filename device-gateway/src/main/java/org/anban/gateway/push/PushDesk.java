package org.anban.gateway.push;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.error.CareException;
import org.anban.gateway.credential.Attempts;
import org.anban.gateway.dialect.PushRequest;
import org.anban.gateway.dialect.Pushed;
import org.anban.gateway.payload.UnusablePayload;
import org.anban.gateway.setaside.Reason;
import org.anban.gateway.setaside.SetAsides;
import org.anban.gateway.vocabulary.OurMessage;
import org.anban.gateway.vocabulary.Vocabulary;
import org.anban.kit.http.Reply;

/**
 * Takes pushes: who is it, what is it, into the log, and only then 200. Nothing here blocks; the answer comes when the log has
 * everything, or in time for the platform that it may push again.
 */
final class PushDesk {
    private static final int LARGEST_BODY = 256 * 1024;
    private static final String REFUSED = "the account is not known, or the sender does not prove to be it";

    private final Accounts accounts;
    private final Courier courier;
    private final WaitingRoom room;
    private final SetAsides setAsides;
    private final Attempts attempts;
    private final InstantSource time;

    PushDesk(
            Accounts accounts,
            Courier courier,
            WaitingRoom room,
            SetAsides setAsides,
            Attempts attempts,
            InstantSource time) {
        this.accounts = accounts;
        this.courier = courier;
        this.room = room;
        this.setAsides = setAsides;
        this.attempts = attempts;
        this.time = time;
    }

    /** Answers a platform that checks our address. */
    Reply check(PushRequest request, String address) {
        Instant now = time.instant();
        Accounts.Open account = known(request, address);
        for (String secret : account.secrets(now)) {
            Optional<String> answer = account.account().dialect().answerToCheck(request, secret, now);
            if (answer.isPresent()) {
                accounts.proved(account, secret);
                return new Reply(200, answer.get(), Map.of());
            }
        }
        throw wrongProof(request, address);
    }

    /** Takes a push. */
    CompletionStage<Reply> take(PushRequest request, String address) {
        if (request.body().length() > LARGEST_BODY) {
            setAsides.count(SetAsides.OTHERS, Reason.TOO_LARGE, request.account());
            return CompletableFuture.completedStage(
                    Reply.problem(413, "too large", "at most " + LARGEST_BODY + " characters", new JsonObject()));
        }
        Accounts.Open account = proved(request, address);
        List<Pushed> messages = read(account, request);
        Delivery delivery = new Delivery();
        List<Courier.Parcel> parcels = parcels(account, messages, delivery);
        boolean event =
                parcels.stream().anyMatch(parcel -> parcel.message().channel().mayHoldAlarm());
        return room.hold(request.body().length(), event, () -> brought(parcels, delivery))
                .orElseGet(() -> refused(parcels))
                .copy()
                .completeOnTimeout(
                        Delivery.Outcome.AGAIN,
                        account.account().dialect().patience().toMillis(),
                        TimeUnit.MILLISECONDS)
                .whenComplete((outcome, failure) -> delivery.tooLate())
                .thenApply(outcome -> answer(outcome, messages.size(), delivery.countSetAside()));
    }

    private CompletableFuture<Delivery.Outcome> brought(List<Courier.Parcel> parcels, Delivery delivery) {
        parcels.forEach(parcel -> courier.bring(parcel, delivery));
        return delivery.outcome();
    }

    private CompletableFuture<Delivery.Outcome> refused(List<Courier.Parcel> parcels) {
        parcels.forEach(courier::refuse);
        return CompletableFuture.completedFuture(Delivery.Outcome.AGAIN);
    }

    private static Reply answer(Delivery.Outcome outcome, int messages, int setAside) {
        if (outcome == Delivery.Outcome.AGAIN) {
            return Reply.problem(
                    CareException.unavailable("not everything is stored; push it again", null), new JsonObject());
        }
        return Reply.ok(new JsonObject().put("messages", messages).put("setAside", setAside));
    }

    private Accounts.Open known(PushRequest request, String address) {
        return accounts.find(request.account()).orElseThrow(() -> {
            boolean often = attempts.stranger(address);
            setAsides.count(
                    SetAsides.OTHERS,
                    often ? Reason.TOO_MANY_ATTEMPTS : Reason.UNKNOWN_DEVICE,
                    "push account \"" + request.account() + "\"");
            return refused(often);
        });
    }

    /** The right secret is let in whatever came before it from the same address. */
    private Accounts.Open proved(PushRequest request, String address) {
        Instant now = time.instant();
        Accounts.Open account = known(request, address);
        for (String secret : account.secrets(now)) {
            if (account.account().dialect().isProved(request, secret, now)) {
                attempts.rightKey(address, request.account());
                accounts.proved(account, secret);
                return account;
            }
        }
        throw wrongProof(request, address);
    }

    private CareException wrongProof(PushRequest request, String address) {
        boolean often = attempts.wrongKey(address, request.account());
        setAsides.count(request.account(), often ? Reason.TOO_MANY_ATTEMPTS : Reason.WRONG_KEY, "push");
        return refused(often);
    }

    private static CareException refused(boolean often) {
        return CareException.of(often ? CareException.Kind.LIMITED : CareException.Kind.UNAUTHENTICATED, REFUSED);
    }

    private List<Pushed> read(Accounts.Open account, PushRequest request) {
        try {
            return account.account().dialect().read(request.body());
        } catch (UnusablePayload e) {
            setAside(request.account(), e.reason(), request.body());
            throw CareException.invalid(String.valueOf(e.getMessage()));
        }
    }

    private List<Courier.Parcel> parcels(Accounts.Open account, List<Pushed> messages, Delivery delivery) {
        Vocabulary vocabulary = account.vocabulary();
        List<Courier.Parcel> parcels = new ArrayList<>();
        messages.forEach(message -> pack(account, message, vocabulary, parcels, delivery));
        return parcels;
    }

    /** The inlet judges whether the account may name the device; an alarm of one that it may not name is still shown. */
    private void pack(
            Accounts.Open account,
            Pushed message,
            Vocabulary vocabulary,
            List<Courier.Parcel> parcels,
            Delivery delivery) {
        String sender = account.account().name();
        String number = number(account, message);
        DeviceProfile device = account.devices().get(number);
        String whose = device == null ? sender : device.id().value();
        if (message.content() instanceof Pushed.NotUnderstood strange) {
            setAsides.unknownField(account.account().dialect().name(), strange.kind());
            setAside(whose, Reason.UNKNOWN_FIELD, strange.text());
            delivery.setAside();
            return;
        }
        List<OurMessage> ours = vocabulary.translate(message, device == null ? "" : device.model());
        if (ours.isEmpty() || number.isEmpty()) {
            setAside(whose, number.isEmpty() ? Reason.UNLISTED : Reason.UNKNOWN_FIELD, message.toString());
            delivery.setAside();
            return;
        }
        ours.forEach(one -> parcels.add(new Courier.Parcel(sender, number, device, one)));
    }

    /** Whom the message is about: the first of its numbers that is on the account's list, else the best that it has. */
    private static String number(Accounts.Open account, Pushed message) {
        return message.numbers().stream()
                .filter(account.devices()::containsKey)
                .findFirst()
                .orElse(message.numbers().isEmpty() ? "" : message.numbers().get(0));
    }

    private void setAside(String whose, Reason reason, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        setAsides.count(whose, reason, bytes, bytes.length);
    }
}
