package org.anban.gateway.senml;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** The base fields, which hold from the record that has them until another replaces them. */
final class Base {
    private String name = "";
    private String unit = "";
    private double time;
    private double value;
    private boolean valued;
    private double sum;
    private boolean summed;
    private double version;

    void clear() {
        name = "";
        unit = "";
        time = 0;
        value = 0;
        valued = false;
        sum = 0;
        summed = false;
        version = SenmlResolver.VERSION;
    }

    /** Whether the label is a base field, which was then read. */
    boolean take(String label, JsonParser json, boolean firstRecord) throws IOException, SenmlException {
        switch (label) {
            case "bn" -> name = Fields.text(label, json);
            case "bu" -> unit = Fields.text(label, json);
            case "bt" -> time = Fields.number(label, json);
            case "bv" -> {
                value = Fields.number(label, json);
                valued = true;
            }
            case "bs" -> {
                sum = Fields.number(label, json);
                summed = true;
            }
            case "bver" -> takeVersion(Fields.number(label, json), firstRecord);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void takeVersion(double said, boolean firstRecord) throws SenmlException {
        if (said > SenmlResolver.VERSION || said < 1) {
            throw new SenmlException("bver: only versions up to 10 are understood");
        }
        if (!firstRecord && said != version) {
            throw new SenmlException("bver: all records have the same version");
        }
        version = said;
    }

    String name() {
        return name;
    }

    String unit() {
        return unit;
    }

    double time() {
        return time;
    }

    double value() {
        return value;
    }

    boolean isValued() {
        return valued;
    }

    double sum() {
        return sum;
    }

    boolean isSummed() {
        return summed;
    }
}
