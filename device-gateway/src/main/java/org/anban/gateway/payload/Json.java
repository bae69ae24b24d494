package org.anban.gateway.payload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import org.anban.gateway.setaside.Reason;

/** The streaming parser, with limits. It takes the token {@code NaN}, so that one bad number loses only itself. */
final class Json {
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

    static JsonParser parse(byte[] bytes, int length) throws IOException {
        return FACTORY.createParser(bytes, 0, length);
    }

    /** Steps into the one object that the payload must be. */
    static void enterObject(JsonParser json) throws IOException, UnusablePayload {
        JsonToken first = json.nextToken();
        if (first != JsonToken.START_OBJECT) {
            throw new UnusablePayload(first == null ? Reason.UNPARSEABLE : Reason.WRONG_TYPE, "an object is expected");
        }
    }

    /** Nothing may follow the payload's value. */
    static void end(JsonParser json) throws IOException, UnusablePayload {
        if (json.nextToken() != null) {
            throw new UnusablePayload(Reason.UNPARSEABLE, "more than one JSON value");
        }
    }

    static UnusablePayload unparseable() {
        return new UnusablePayload(Reason.UNPARSEABLE, "not JSON");
    }
}
