package org.anban.gateway.senml;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Reads one label's value of the type that the RFC gives it. */
final class Fields {
    private Fields() {}

    static double number(String label, JsonParser json) throws IOException, SenmlException {
        if (!json.currentToken().isNumeric()) {
            throw new SenmlException(label + ": a number is expected");
        }
        return json.getDoubleValue();
    }

    static String text(String label, JsonParser json) throws IOException, SenmlException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw new SenmlException(label + ": a string is expected");
        }
        return json.getText();
    }

    static boolean flag(String label, JsonParser json) throws IOException, SenmlException {
        if (!json.currentToken().isBoolean()) {
            throw new SenmlException(label + ": true or false is expected");
        }
        return json.getBooleanValue();
    }
}
