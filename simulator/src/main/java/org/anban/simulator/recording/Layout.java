package org.anban.simulator.recording;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** How a recording is laid out. One object reads one file, row by row. */
interface Layout {
    String name();

    /** Whether a file with this first line is of this layout. */
    boolean begins(String firstLine);

    /** Whether the first line is a heading and no row. */
    boolean hasHeading();

    /** @throws BadRow when the row cannot be read; the layout goes on with the next */
    void row(String line, Consumer<RecordedMessage> messages) throws BadRow;

    /** After the last row. */
    void end(Consumer<RecordedMessage> messages);

    /** What is worth saying at the end; may be empty. */
    default String note() {
        return "";
    }

    static List<Supplier<Layout>> all() {
        return List.of(SampleLayout::new, IcuVitals::new, WristAcceleration::new, BedExit::new);
    }
}
