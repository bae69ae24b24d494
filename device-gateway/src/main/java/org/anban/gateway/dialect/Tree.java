package org.anban.gateway.dialect;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anban.gateway.payload.UnusablePayload;
import org.anban.gateway.setaside.Reason;
import org.jspecify.annotations.Nullable;

/** Reads platforms' JSON without believing anything of its shape. */
final class Tree {
    private static final Pattern COMPACT = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})T(\\d{2})(\\d{2})(\\d{2})(Z?)");

    private Tree() {}

    /**
     * The objects of a list, or one object. An item may be an object as text.
     *
     * @param others gets what items are no objects
     * @throws UnusablePayload if it is not JSON, or neither an object nor a list
     */
    static List<JsonObject> objects(String text, List<Pushed> others) throws UnusablePayload {
        return objects(value(text), others);
    }

    /**
     * A member that is a list of objects, or one object.
     *
     * @throws UnusablePayload if it is neither, or is missing
     */
    static List<JsonObject> objects(JsonObject parent, String name, List<Pushed> others) throws UnusablePayload {
        return objects(parent.getValue(name), others);
    }

    private static List<JsonObject> objects(@Nullable Object value, List<Pushed> others) throws UnusablePayload {
        if (value instanceof JsonObject object) {
            return List.of(object);
        }
        if (!(value instanceof JsonArray array)) {
            throw new UnusablePayload(Reason.WRONG_TYPE, "an object or a list is expected");
        }
        List<JsonObject> objects = new ArrayList<>();
        for (Object item : array) {
            JsonObject object = asObject(item);
            if (object == null) {
                String text = String.valueOf(item);
                others.add(new Pushed(List.of(), Proof.idOf(text), new Pushed.NotUnderstood("item", text)));
            } else {
                objects.add(object);
            }
        }
        return objects;
    }

    private static @Nullable JsonObject asObject(@Nullable Object item) {
        try {
            Object value = item instanceof String text ? Json.decodeValue(text) : item;
            return value instanceof JsonObject object ? object : null;
        } catch (DecodeException e) {
            return null;
        }
    }

    static JsonObject object(String text) throws UnusablePayload {
        if (value(text) instanceof JsonObject object) {
            return object;
        }
        throw new UnusablePayload(Reason.WRONG_TYPE, "an object is expected");
    }

    private static @Nullable Object value(String text) throws UnusablePayload {
        try {
            return Json.decodeValue(text);
        } catch (DecodeException e) {
            throw new UnusablePayload(Reason.UNPARSEABLE, "not JSON");
        }
    }

    /** A member that is an object; empty if it is none. */
    static JsonObject member(JsonObject parent, String name) {
        return parent.getValue(name) instanceof JsonObject object ? object : new JsonObject();
    }

    /**
     * A member that is a list of objects, or one object; an object may be a text.
     *
     * @param others gets what is no object, as a value of the member's name
     */
    static List<JsonObject> members(JsonObject parent, String name, List<Pushed.Value> others) {
        Object value = parent.getValue(name);
        List<JsonObject> objects = new ArrayList<>();
        for (Object item : value instanceof JsonArray array ? array : new JsonArray().add(value)) {
            JsonObject object = asObject(item);
            if (object != null) {
                objects.add(object);
            } else if (item != null) {
                others.add(new Pushed.Value("", name, plain(item), null));
            }
        }
        return objects;
    }

    /** A member that is a text or a number, as text; empty if it is neither. */
    static String text(JsonObject parent, String name) {
        Object value = parent.getValue(name);
        return value instanceof String || value instanceof Number ? value.toString() : "";
    }

    /** Names of a device: those of the texts that say something. */
    static List<String> numbers(String... names) {
        List<String> numbers = new ArrayList<>();
        for (String name : names) {
            if (!name.isBlank() && !name.equals("undefined") && !name.equals("null") && !numbers.contains(name)) {
                numbers.add(name);
            }
        }
        return numbers;
    }

    /** A time as our wire writes it. {@code 20260105T083000Z} becomes ISO text; others stay what they are. */
    static @Nullable String time(@Nullable Object value) {
        if (value == null || "".equals(value)) {
            return null;
        }
        String text = value.toString();
        Matcher compact = COMPACT.matcher(text);
        if (!compact.matches()) {
            return text;
        }
        return "%s-%s-%sT%s:%s:%s%s"
                .formatted(
                        compact.group(1),
                        compact.group(2),
                        compact.group(3),
                        compact.group(4),
                        compact.group(5),
                        compact.group(6),
                        compact.group(7));
    }

    /** The members of an object as values of one time. */
    static List<Pushed.Value> values(String group, JsonObject members, @Nullable String at) {
        List<Pushed.Value> values = new ArrayList<>();
        for (Map.Entry<String, Object> member : members) {
            values.add(new Pushed.Value(group, member.getKey(), plain(member.getValue()), at));
        }
        return values;
    }

    static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof JsonObject || value instanceof JsonArray) {
            return value.toString();
        }
        return value;
    }
}
