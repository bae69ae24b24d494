package org.anban.simulator.recording;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.function.Consumer;

/**
 * Acceleration at the wrist as in WEDA-FALL, {@code accel_time_list,accel_x_list,accel_y_list,accel_z_list} in seconds
 * and m/s². The recording passes through a simple detector of the kind that watches have ({@link FallDetector}), which
 * makes {@code fall} events of it; every five seconds the watch says whether its wearer moves.
 */
final class WristAcceleration implements Layout {
    private static final double EVERY_SECONDS = 5;
    private static final double MOVING = 1.0;

    private final FallDetector detector = new FallDetector();
    private double latest;
    private double windowBegan;
    private int count;
    private double sum;
    private double squares;
    private int falls;

    @Override
    public String name() {
        return "weda-fall";
    }

    @Override
    public boolean begins(String firstLine) {
        return firstLine.replace(" ", "").equals("accel_time_list,accel_x_list,accel_y_list,accel_z_list");
    }

    @Override
    public boolean hasHeading() {
        return true;
    }

    @Override
    public void row(String line, Consumer<RecordedMessage> messages) throws BadRow {
        Columns columns = Columns.of(line, 4);
        double seconds = columns.number(0, "the time");
        double x = columns.number(1, "x");
        double y = columns.number(2, "y");
        double z = columns.number(3, "z");
        if (!(seconds >= 0 && seconds < 1e9)) {
            throw new BadRow("no time: " + columns.text(0));
        }
        latest = Math.max(latest, seconds);
        double magnitude = Math.sqrt(x * x + y * y + z * z);
        tell(detector.sample(latest, magnitude), messages);
        motion(magnitude, messages);
    }

    @Override
    public void end(Consumer<RecordedMessage> messages) {
        tell(detector.end(), messages);
        if (count > 0) {
            sayMotion(messages);
        }
    }

    @Override
    public String note() {
        return falls + " falls by a threshold detector, which misses soft falls and takes some knocks for falls";
    }

    private void tell(boolean fell, Consumer<RecordedMessage> messages) {
        if (fell) {
            falls++;
            messages.accept(new RecordedMessage(
                    latest, "event", JsonNodeFactory.instance.objectNode().put("type", "fall")));
        }
    }

    private void motion(double magnitude, Consumer<RecordedMessage> messages) {
        if (latest - windowBegan >= EVERY_SECONDS && count > 0) {
            sayMotion(messages);
            windowBegan = latest;
            count = 0;
            sum = 0;
            squares = 0;
        }
        count++;
        sum += magnitude;
        squares += magnitude * magnitude;
    }

    private void sayMotion(Consumer<RecordedMessage> messages) {
        double mean = sum / count;
        boolean moving = Math.sqrt(Math.max(0, squares / count - mean * mean)) > MOVING;
        messages.accept(new RecordedMessage(
                latest, "telemetry", JsonNodeFactory.instance.objectNode().put("motion", moving)));
    }
}
