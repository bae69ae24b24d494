package org.anban.simulator.recording;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code Time,Parameter,Value} of the PhysioNet/CinC Challenge 2012: time is HH:MM since admission, -1 is a missing
 * value. What was measured at one time is one message. Values are played as they were written down, absurd ones too:
 * it is the gateway's task to set those aside.
 */
final class IcuVitals implements Layout {
    private static final Pattern TIME = Pattern.compile("(\\d{1,3}):([0-5]\\d)");
    private static final double MISSING = -1;
    private static final Map<String, String> SIGNALS = Map.of(
            "HR", "heartRate",
            "RespRate", "respirationRate",
            "SaO2", "spo2",
            "SpO2", "spo2",
            "Temp", "bodyTemperature",
            "NISysABP", "systolic",
            "NIDiasABP", "diastolic");

    private int minute = -1;
    private ObjectNode current = JsonNodeFactory.instance.objectNode();
    private int missing;
    private int others;

    @Override
    public String name() {
        return "icu-vitals";
    }

    @Override
    public boolean begins(String firstLine) {
        return firstLine.trim().equals("Time,Parameter,Value");
    }

    @Override
    public boolean hasHeading() {
        return true;
    }

    @Override
    public void row(String line, Consumer<RecordedMessage> messages) throws BadRow {
        Columns columns = Columns.of(line, 3);
        int at = minute(columns.text(0));
        if (at < minute) {
            throw new BadRow("time goes backwards: " + columns.text(0));
        }
        String signal = SIGNALS.get(columns.text(1));
        if (signal == null) {
            others++;
            return;
        }
        double value = columns.number(2, columns.text(1));
        if (value == MISSING) {
            missing++;
            return;
        }
        if (at != minute || current.has(signal)) {
            end(messages);
            minute = at;
        }
        current.put(signal, value);
    }

    @Override
    public void end(Consumer<RecordedMessage> messages) {
        if (!current.isEmpty()) {
            messages.accept(new RecordedMessage(minute * 60.0, "telemetry", current));
            current = JsonNodeFactory.instance.objectNode();
        }
    }

    @Override
    public String note() {
        return others + " rows are of parameters that no device at home measures, " + missing + " are missing values";
    }

    private static int minute(String text) throws BadRow {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            throw new BadRow("no time of the form HH:MM: " + text);
        }
        return Integer.parseInt(time.group(1)) * 60 + Integer.parseInt(time.group(2));
    }
}
