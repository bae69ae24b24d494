package org.anban.gateway.vocabulary;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.ReportKind;
import org.anban.contracts.event.Signal;
import org.anban.gateway.dialect.Pushed;
import org.anban.gateway.payload.Topic;
import org.jspecify.annotations.Nullable;

/**
 * The words of one account: what a vendor's names mean on our wire. A name that no word explains means what it says, if
 * it is the name of a signal or an event whatever its case, {@code _} and {@code -}; else it is passed on as it is, so that
 * the decoder counts it by model. Immutable.
 */
public final class Vocabulary {
    private static final Map<String, Signal> SIGNALS = new HashMap<>();
    private static final Map<String, ReportKind> KINDS = new HashMap<>();

    static {
        Arrays.stream(Signal.values()).forEach(signal -> SIGNALS.put(bare(signal.wireName()), signal));
        Arrays.stream(ReportKind.values()).forEach(kind -> KINDS.put(bare(kind.wireName()), kind));
    }

    private final List<Word> words;

    public Vocabulary(List<Word> words) {
        this.words = List.copyOf(words);
    }

    /** The messages of ours that say what a pushed one says; none if it says nothing that we understand. */
    public List<OurMessage> translate(Pushed pushed, String model) {
        Draft draft = new Draft(pushed.id());
        Pushed.Content content = pushed.content();
        if (content instanceof Pushed.Ours ours) {
            return ours(ours);
        } else if (content instanceof Pushed.Handed handed) {
            return handed(handed, draft, model);
        } else if (content instanceof Pushed.Values values) {
            values(values.values(), values.at(), draft, model);
        } else if (content instanceof Pushed.Happened happened) {
            happened(happened, draft, model);
        } else if (content instanceof Pushed.Presence presence) {
            presence(presence, draft);
        }
        return draft.messages();
    }

    private static List<OurMessage> ours(Pushed.Ours ours) {
        return Arrays.stream(Topic.values())
                .filter(topic -> topic.name().equalsIgnoreCase(ours.topic()))
                .map(topic -> new OurMessage(topic, ours.payload()))
                .toList();
    }

    /** A payload of our own wire goes on as it is; any other object is values by name; the rest is for the decoder to judge. */
    private List<OurMessage> handed(Pushed.Handed handed, Draft draft, String model) {
        Object value;
        try {
            value = Json.decodeValue(handed.payload());
        } catch (DecodeException e) {
            value = null;
        }
        if (!(value instanceof JsonObject object)) {
            return List.of(new OurMessage(Topic.TELEMETRY, handed.payload()));
        }
        if (object.getValue("type") instanceof String type && isOurs(type)) {
            object = completed(object, draft, handed.at());
            return List.of(new OurMessage(Topic.EVENT, object.encode()));
        }
        if (object.containsKey("outcome")) {
            return List.of(new OurMessage(Topic.REPLY, handed.payload()));
        }
        Object at = object.remove("at");
        object.remove("seq");
        List<Pushed.Value> values = object.stream()
                .map(member -> new Pushed.Value("", member.getKey(), member.getValue(), null))
                .toList();
        values(values, at == null ? handed.at() : at.toString(), draft, model);
        return draft.messages();
    }

    /** Other makers have a {@code type} too; only what a device may report on our wire makes a payload ours. */
    private static boolean isOurs(String type) {
        ReportKind kind = KINDS.get(bare(type.trim()));
        return kind != null && kind.isSignOfLife();
    }

    /** What the device left out is taken from the platform, so that what is pushed again is the same again. */
    private static JsonObject completed(JsonObject event, Draft draft, @Nullable String at) {
        if (event.getValue("at") == null && at != null) {
            event.put("at", Draft.time(at));
        }
        if (event.getValue("id") == null) {
            event.put("id", draft.id());
        }
        return event;
    }

    private void values(List<Pushed.Value> values, @Nullable String at, Draft draft, String model) {
        for (Pushed.Value value : values) {
            String when = value.at() == null ? at : value.at();
            String name = value.group().isEmpty() ? value.name() : value.group() + "." + value.name();
            Optional<Word> word = word(model, List.of(name, value.name()), value.value());
            if (word.isPresent()) {
                meant(word.get(), value, when, draft);
            } else {
                unexplained(value, when, draft);
            }
        }
        if (draft.isEmpty()) {
            draft.alive(at);
        }
    }

    private static void meant(Word word, Pushed.Value value, @Nullable String at, Draft draft) {
        if (word.means().equals(Word.IGNORE)) {
            draft.alive(at);
        } else if (Signal.ofWireName(word.means()).isPresent() && word.value().isEmpty()) {
            draft.value(word.means(), value.value(), at);
        } else if (!word.value().isEmpty()) {
            draft.event(word.means(), value.name(), at);
        } else {
            word.kind().ifPresent(kind -> judged(kind, value, at, draft));
        }
    }

    private static void unexplained(Pushed.Value value, @Nullable String at, Draft draft) {
        Signal signal = SIGNALS.get(bare(value.name()));
        ReportKind kind = KINDS.get(bare(value.name()));
        if (signal != null) {
            draft.value(signal.wireName(), value.value(), at);
        } else if (kind == null) {
            draft.value(value.name(), value.value(), at);
        } else {
            judged(kind, value, at, draft);
        }
    }

    /** An alarm is one unless it clearly says no; what else neither says yes nor no is passed on, and counted. */
    private static void judged(ReportKind kind, Pushed.Value value, @Nullable String at, Draft draft) {
        boolean alarm = kind.lane() == Lane.ALARM && kind != ReportKind.FALL_CANCELLED;
        if (Said.isNo(value.value())) {
            draft.alive(at);
        } else if (alarm || Said.isYes(value.value())) {
            draft.event(kind.wireName(), value.name(), at);
        } else {
            draft.value(value.name(), value.value(), at);
        }
    }

    private void happened(Pushed.Happened happened, Draft draft, String model) {
        Optional<Word> word = word(model, happened.names(), null);
        Optional<String> kind = word.isPresent()
                ? word.flatMap(Word::kind).map(ReportKind::wireName)
                : happened.names().stream()
                        .map(name -> KINDS.get(bare(name)))
                        .filter(found -> found != null)
                        .map(ReportKind::wireName)
                        .findFirst();
        kind.ifPresent(found -> draft.event(found, found, happened.at()));
        values(happened.details(), happened.at(), draft, model);
        boolean ignored = word.isPresent() && kind.isEmpty();
        if (!ignored && !draft.hasEvent()) {
            draft.event(happened.names().isEmpty() ? "" : happened.names().get(0), "", happened.at());
        }
    }

    private static void presence(Pushed.Presence presence, Draft draft) {
        if (presence.online()) {
            draft.alive(presence.at());
        } else {
            draft.event(ReportKind.CONNECTION_LOST.wireName(), "", presence.at());
        }
    }

    private Optional<Word> word(String model, List<String> names, @Nullable Object said) {
        return words.stream()
                .filter(word -> names.contains(word.name()))
                .filter(word -> word.model().isEmpty() || word.model().equals(model))
                .filter(word -> word.value().isEmpty() || Said.is(said, word.value()))
                .max((one, other) -> Integer.compare(weight(one), weight(other)));
    }

    /** A word for a value weighs more than one for a model, and that more than one for a service. */
    private static int weight(Word word) {
        return (word.value().isEmpty() ? 0 : 4)
                + (word.model().isEmpty() ? 0 : 2)
                + (word.name().contains(".") ? 1 : 0);
    }

    private static String bare(String name) {
        return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }
}
