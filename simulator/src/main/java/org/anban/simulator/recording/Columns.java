package org.anban.simulator.recording;

/** A row of comma separated values without quotes. */
final class Columns {
    private final String[] values;

    private Columns(String[] values) {
        this.values = values;
    }

    static Columns of(String line, int expected) throws BadRow {
        String[] values = line.split(",", -1);
        if (values.length != expected) {
            throw new BadRow(expected + " columns expected, " + values.length + " found");
        }
        return new Columns(values);
    }

    String text(int column) {
        return values[column].trim();
    }

    double number(int column, String what) throws BadRow {
        try {
            double number = Double.parseDouble(text(column));
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, with the value
        }
        throw new BadRow(what + " is no number: " + text(column));
    }
}
