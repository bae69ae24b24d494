package org.anban.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files of examples: {@code name.json} goes in, {@code name.txt} must come out. */
public final class Golden {
    private Golden() {}

    /** The inputs in one folder of the test resources, by name. */
    public static List<Path> inputs(String folder) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources", folder))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    /** What must come out; with {@code -Dgolden.write=true} it is first written from what does, to be read by a person. */
    public static String expected(Path input, String actual) throws IOException {
        Path output = input.resolveSibling(input.getFileName().toString().replace(".json", ".txt"));
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(output, actual);
        }
        return Files.readString(output);
    }
}
