package org.anban.gateway.senml;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import org.anban.gateway.senml.SenmlRecord.Value;

/** A pack made by chance, and, worked out apart from the resolver, what it must resolve to. */
record RandomPack(String json, List<SenmlRecord> expected) {
    private static final String[] UNITS = {"Cel", "beat/min", "%", "%EL"};
    private static final String[] NAMES = {"a", "b-1", "c_2", "d:e", "f/g"};

    static RandomPack of(Random random) {
        StringJoiner json = new StringJoiner(",", "[", "]");
        List<SenmlRecord> expected = new ArrayList<>();
        String baseName = "";
        String baseUnit = "";
        double baseTime = 1_767_571_200;
        double baseValue = 0;
        for (int i = 0, n = 1 + random.nextInt(8); i < n; i++) {
            StringJoiner fields = new StringJoiner(",", "{", "}");
            if (i == 0 || random.nextInt(4) == 0) {
                baseTime = 1_767_571_200 + random.nextInt(1000);
                fields.add("\"bt\":" + baseTime);
            }
            if (random.nextInt(4) == 0) {
                baseName = "urn:dev:" + NAMES[random.nextInt(NAMES.length)] + ":";
                fields.add("\"bn\":\"" + baseName + "\"");
            }
            if (random.nextInt(4) == 0) {
                baseUnit = UNITS[random.nextInt(UNITS.length)];
                fields.add("\"bu\":\"" + baseUnit + "\"");
            }
            if (random.nextInt(4) == 0) {
                baseValue = random.nextInt(100);
                fields.add("\"bv\":" + baseValue);
            }
            String name = NAMES[random.nextInt(NAMES.length)];
            fields.add("\"n\":\"" + name + "\"");
            double time = random.nextInt(200) - 100;
            fields.add("\"t\":" + time);
            String unit = random.nextBoolean() ? UNITS[random.nextInt(UNITS.length)] : "";
            if (!unit.isEmpty()) {
                fields.add("\"u\":\"" + unit + "\"");
            }
            Value value = value(random, baseValue, fields);
            json.add(fields.toString());
            expected.add(new SenmlRecord(
                    baseName + name, unit.isEmpty() ? baseUnit : unit, baseTime + time, value, Double.NaN, Double.NaN));
        }
        return new RandomPack(json.toString(), expected);
    }

    private static Value value(Random random, double baseValue, StringJoiner fields) {
        switch (random.nextInt(3)) {
            case 0 -> {
                fields.add("\"vb\":true");
                return new SenmlRecord.Flag(true);
            }
            case 1 -> {
                fields.add("\"vs\":\"hello\"");
                return new SenmlRecord.Text("hello");
            }
            default -> {
                double own = random.nextInt(1000) / 4.0;
                fields.add("\"v\":" + own);
                return new SenmlRecord.Numeric(baseValue + own);
            }
        }
    }

    static String write(List<SenmlRecord> records) {
        StringJoiner json = new StringJoiner(",", "[", "]");
        for (SenmlRecord each : records) {
            StringJoiner fields = new StringJoiner(",", "{", "}");
            fields.add("\"n\":\"" + each.name() + "\"").add("\"t\":" + each.time());
            if (!each.unit().isEmpty()) {
                fields.add("\"u\":\"" + each.unit() + "\"");
            }
            if (each.value() instanceof SenmlRecord.Numeric numeric) {
                fields.add("\"v\":" + numeric.number());
            } else if (each.value() instanceof SenmlRecord.Flag flag) {
                fields.add("\"vb\":" + flag.yes());
            } else if (each.value() instanceof SenmlRecord.Text text) {
                fields.add("\"vs\":\"" + text.text() + "\"");
            }
            json.add(fields.toString());
        }
        return json.toString();
    }
}
