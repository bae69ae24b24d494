package org.anban.simulator.recording;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;

/**
 * The UCI recordings of a worn batteryless tag, without a heading: {@code seconds,frontal g,vertical g,lateral g,antenna,
 * rssi,phase,MHz,label}. The label stands for a bed pad: 1 (sitting on the bed) and 3 (lying) are in bed, 2 (on a chair)
 * and 4 (walking) are not. A change is an event and a message; in between the pad says every ten seconds how it is.
 */
final class BedExit implements Layout {
    private static final int COLUMNS = 9;
    private static final double EVERY_SECONDS = 10;

    private boolean begun;
    private boolean inBed;
    private double lastSeconds;
    private double lastSaid;

    @Override
    public String name() {
        return "bed-exit";
    }

    @Override
    public boolean begins(String firstLine) {
        String[] columns = firstLine.split(",", -1);
        if (columns.length != COLUMNS) {
            return false;
        }
        for (String column : columns) {
            if (!column.trim().matches("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?")) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean hasHeading() {
        return false;
    }

    @Override
    public void row(String line, Consumer<RecordedMessage> messages) throws BadRow {
        Columns columns = Columns.of(line, COLUMNS);
        double seconds = columns.number(0, "the time");
        if (!(seconds >= lastSeconds && seconds < 1e9)) {
            throw new BadRow("time goes backwards or is none: " + columns.text(0));
        }
        boolean now = inBed(columns.text(8));
        lastSeconds = seconds;
        if (!begun || now != inBed || seconds - lastSaid >= EVERY_SECONDS) {
            if (begun && now != inBed) {
                messages.accept(new RecordedMessage(seconds, "event", event(now ? "bed-entry" : "bed-exit")));
            }
            begun = true;
            inBed = now;
            lastSaid = seconds;
            ObjectNode state = JsonNodeFactory.instance.objectNode().put("inBed", now);
            messages.accept(new RecordedMessage(seconds, "telemetry", state));
        }
    }

    @Override
    public void end(Consumer<RecordedMessage> messages) {}

    private static ObjectNode event(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    private static boolean inBed(String label) throws BadRow {
        return switch (label) {
            case "1", "3" -> true;
            case "2", "4" -> false;
            default -> throw new BadRow("a label of 1 to 4 expected: " + label);
        };
    }
}
