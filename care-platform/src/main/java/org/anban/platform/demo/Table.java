package org.anban.platform.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A table of the demo district: comma separated, with a line of headings, no quoting. */
final class Table {
    private static final String FOLDER = "/demo/mentougou/";

    private Table() {}

    static List<Row> read(String name) {
        List<String> lines;
        try (InputStream in = Table.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + FOLDER + name);
            }
            lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
        String[] headings = lines.get(0).split(",", -1);
        List<Row> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] values = line.split(",", -1);
            if (values.length != headings.length) {
                throw new IllegalStateException(name + ": " + line);
            }
            Map<String, String> cells = new HashMap<>();
            for (int i = 0; i < headings.length; i++) {
                cells.put(headings[i], values[i]);
            }
            rows.add(new Row(cells));
        }
        return rows;
    }

    /** One line, by heading. */
    record Row(Map<String, String> cells) {
        String text(String heading) {
            String value = cells.get(heading);
            if (value == null) {
                throw new IllegalStateException("no column " + heading);
            }
            return value;
        }

        boolean isEmpty(String heading) {
            return text(heading).isEmpty();
        }

        boolean yes(String heading) {
            return text(heading).equals("yes");
        }

        int number(String heading) {
            return Integer.parseInt(text(heading));
        }

        /** Values separated by a bar; an asterisk stands for the empty text. */
        List<String> list(String heading) {
            return isEmpty(heading)
                    ? List.of()
                    : List.of(text(heading).split("\\|")).stream()
                            .map(v -> v.equals("*") ? "" : v)
                            .toList();
        }
    }
}
