package org.anban.simulator.recording;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.anban.simulator.SimulatorException;
import org.jspecify.annotations.Nullable;

/** Reads recordings, and finds out by the first line how one is laid out. */
public final class Recordings {
    private static final String SAMPLE = "sample:";
    private static final long MOST_BYTES = 64L << 20;
    private static final int MOST_PROBLEMS = 1_000;

    private Recordings() {}

    /**
     * @param name a file, or {@code sample:night} for what comes with the project
     * @throws SimulatorException when it cannot be read or is of no layout that is known here
     */
    public static Recording read(String name) {
        try (InputStream in = open(name);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return read(name, lines);
        } catch (IOException e) {
            throw new SimulatorException("cannot read " + name + ": " + e.getMessage(), e);
        }
    }

    private static InputStream open(String name) throws IOException {
        if (name.startsWith(SAMPLE)) {
            String sample = name.substring(SAMPLE.length());
            InputStream in = sample.matches("[a-z-]+")
                    ? Recordings.class.getResourceAsStream("/samples/" + sample + ".ndjson")
                    : null;
            if (in == null) {
                throw new SimulatorException("no such sample: " + sample + "; there is sample:night");
            }
            return in;
        }
        Path file = Path.of(name);
        if (!Files.isRegularFile(file)) {
            throw new SimulatorException("cannot read " + name + ": there is no such file");
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new SimulatorException(name + " is larger than " + (MOST_BYTES >> 20) + " MiB");
        }
        return Files.newInputStream(file);
    }

    private static Recording read(String name, BufferedReader lines) throws IOException {
        String line = nextLine(lines);
        int number = 1;
        while (line != null && line.isBlank()) {
            line = nextLine(lines);
            number++;
        }
        if (line == null) {
            throw new SimulatorException(name + " is empty");
        }
        if (line.startsWith("\uFEFF")) {
            line = line.substring(1);
        }
        Layout layout = layoutOf(name, line);
        List<RecordedMessage> messages = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        if (layout.hasHeading()) {
            line = nextLine(lines);
            number++;
        }
        for (; line != null; line = nextLine(lines), number++) {
            row(layout, line, number, messages, problems);
        }
        layout.end(messages::add);
        messages.sort(Comparator.comparingDouble(RecordedMessage::seconds));
        return new Recording(layout.name(), messages, problems, layout.note());
    }

    private static void row(
            Layout layout, String line, int number, List<RecordedMessage> messages, List<String> problems) {
        if (line.isBlank()) {
            return;
        }
        try {
            layout.row(line, messages::add);
        } catch (BadRow e) {
            if (problems.size() < MOST_PROBLEMS) {
                problems.add("line " + number + ": " + e.getMessage());
            } else if (problems.size() == MOST_PROBLEMS) {
                problems.add("and more from line " + number + " on");
            }
        }
    }

    private static Layout layoutOf(String name, String firstLine) {
        for (Supplier<Layout> each : Layout.all()) {
            Layout layout = each.get();
            if (layout.begins(firstLine)) {
                return layout;
            }
        }
        String known = Layout.all().stream().map(each -> each.get().name()).collect(Collectors.joining(", "));
        String shown = firstLine.length() > 60 ? firstLine.substring(0, 60) + "…" : firstLine;
        throw new SimulatorException(
                name + ": line 1 belongs to no layout that is known here (" + known + "): " + shown);
    }

    private static @Nullable String nextLine(BufferedReader lines) throws IOException {
        return lines.readLine();
    }
}
