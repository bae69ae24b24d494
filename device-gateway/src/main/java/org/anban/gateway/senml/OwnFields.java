package org.anban.gateway.senml;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import org.anban.gateway.senml.SenmlRecord.Value;
import org.jspecify.annotations.Nullable;

/** One record's own fields. */
final class OwnFields {
    private static final double RELATIVE_BELOW = 1L << 28;

    private String name = "";
    private @Nullable String unit;
    private double time;
    private double sum = Double.NaN;
    private double updateTime = Double.NaN;
    private @Nullable Value value;
    private int values;
    private boolean baseOnly = true;

    void clear() {
        name = "";
        unit = null;
        time = 0;
        sum = Double.NaN;
        updateTime = Double.NaN;
        value = null;
        values = 0;
        baseOnly = true;
    }

    /** Whether the label is known, and was then read. */
    boolean take(String label, JsonParser json) throws IOException, SenmlException {
        switch (label) {
            case "n" -> name = Fields.text(label, json);
            case "u" -> unit = Fields.text(label, json);
            case "t" -> time = Fields.number(label, json);
            case "s" -> sum = Fields.number(label, json);
            case "ut" -> updateTime = Fields.number(label, json);
            case "v" -> value(new SenmlRecord.Numeric(Fields.number(label, json)));
            case "vs" -> value(new SenmlRecord.Text(Fields.text(label, json)));
            case "vb" -> value(new SenmlRecord.Flag(Fields.flag(label, json)));
            case "vd" -> value(new SenmlRecord.Data(Fields.text(label, json)));
            default -> {
                return false;
            }
        }
        baseOnly = false;
        return true;
    }

    private void value(Value read) {
        value = read;
        values++;
    }

    /** A record that only sets base fields is no measurement. */
    boolean isBaseOnly() {
        return baseOnly;
    }

    SenmlRecord resolve(Base base, double now) throws SenmlException {
        String fullName = base.name().isEmpty() ? name : base.name() + name;
        checkName(fullName);
        boolean hasSum = !Double.isNaN(sum) || base.isSummed();
        double at = base.time() + time;
        return new SenmlRecord(
                fullName,
                unit == null ? base.unit() : unit,
                at < RELATIVE_BELOW ? now + at : at,
                resolvedValue(base, hasSum),
                hasSum ? base.sum() + (Double.isNaN(sum) ? 0 : sum) : Double.NaN,
                updateTime);
    }

    private @Nullable Value resolvedValue(Base base, boolean hasSum) throws SenmlException {
        if (values > 1) {
            throw new SenmlException("v, vs, vb, vd: exactly one in a record");
        }
        if (value instanceof SenmlRecord.Numeric numeric) {
            return new SenmlRecord.Numeric(base.value() + numeric.number());
        }
        if (value == null && base.isValued()) {
            return new SenmlRecord.Numeric(base.value());
        }
        if (value == null && !hasSum) {
            throw new SenmlException("v, vs, vb, vd: one of them, or a sum");
        }
        return value;
    }

    private static void checkName(String name) throws SenmlException {
        if (name.isEmpty()) {
            throw new SenmlException("n: a record needs a name");
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letterOrDigit = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            boolean mark = c == '-' || c == ':' || c == '.' || c == '/' || c == '_';
            if (!letterOrDigit && !(mark && i > 0)) {
                throw new SenmlException("n: letters, digits and - : . / _, a letter or digit first");
            }
        }
    }
}
