package org.anban.gateway.payload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anban.gateway.setaside.Reason;
import org.jspecify.annotations.Nullable;

/** The streaming parser, with limits. It takes the token {@code NaN}, so that one bad number loses only itself. */
public final class Json {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxStringLength(8192)
                    .maxNumberLength(100)
                    .maxNameLength(256)
                    .build())
            .build();

    private Json() {}

    public static JsonParser parse(byte[] bytes, int length) throws IOException {
        return FACTORY.createParser(bytes, 0, length);
    }

    /** Steps into the one object that the payload must be. */
    static void enterObject(JsonParser json) throws IOException, UnusablePayload {
        JsonToken first = json.nextToken();
        if (first != JsonToken.START_OBJECT) {
            throw new UnusablePayload(first == null ? Reason.UNPARSEABLE : Reason.WRONG_TYPE, "an object is expected");
        }
    }

    /** A vendor's object whole: maps, lists, texts, {@link Long} or {@link Double}, {@link Boolean}, null. */
    public static Map<String, @Nullable Object> object(byte[] bytes, int length) throws UnusablePayload {
        try (JsonParser json = parse(bytes, length)) {
            enterObject(json);
            Map<String, @Nullable Object> object = members(json);
            end(json);
            return object;
        } catch (IOException e) {
            throw unparseable();
        }
    }

    private static Map<String, @Nullable Object> members(JsonParser json) throws IOException, UnusablePayload {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            members.put(name, value(json));
        }
        if (json.currentToken() != JsonToken.END_OBJECT) {
            throw unparseable();
        }
        return members;
    }

    private static @Nullable Object value(JsonParser json) throws IOException, UnusablePayload {
        return switch (json.currentToken()) {
            case START_OBJECT -> members(json);
            case START_ARRAY -> items(json);
            case VALUE_STRING -> json.getText();
            case VALUE_NUMBER_INT -> integer(json);
            case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            default -> throw unparseable();
        };
    }

    private static Object integer(JsonParser json) throws IOException {
        return json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? (Object) json.getDoubleValue()
                : (Object) json.getLongValue();
    }

    private static List<@Nullable Object> items(JsonParser json) throws IOException, UnusablePayload {
        List<@Nullable Object> items = new ArrayList<>();
        for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
            if (next == null) {
                throw unparseable();
            }
            items.add(value(json));
        }
        return items;
    }

    /** Nothing may follow the payload's value. */
    static void end(JsonParser json) throws IOException, UnusablePayload {
        if (json.nextToken() != null) {
            throw new UnusablePayload(Reason.UNPARSEABLE, "more than one JSON value");
        }
    }

    public static UnusablePayload unparseable() {
        return new UnusablePayload(Reason.UNPARSEABLE, "not JSON");
    }
}
