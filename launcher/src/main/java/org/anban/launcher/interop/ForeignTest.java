package org.anban.launcher.interop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * One of Eclipse's tests.
 *
 * @param version 4 for MQTT 3.1.1, or 5
 * @param mode how our driver runs it
 * @param whyNot why it does not apply to a gateway; empty if it does
 */
record ForeignTest(int version, String name, String mode, String whyNot) {
    private static final Pattern METHOD = Pattern.compile("^ +def (test\\w*)\\(self", Pattern.MULTILINE);
    private static final String NOT = "-";

    boolean applies() {
        return whyNot.isEmpty();
    }

    /** All that the folder has. One that we do not know of applies until somebody has looked at it. */
    static List<ForeignTest> in(Path folder) throws IOException {
        Map<String, ForeignTest> known = known();
        List<ForeignTest> found = new ArrayList<>();
        for (int version : new int[] {4, 5}) {
            String source = Files.readString(folder.resolve(version == 4 ? "client_test.py" : "client_test5.py"));
            METHOD.matcher(source)
                    .results()
                    .map((MatchResult method) -> method.group(1))
                    .forEach(name -> found.add(
                            known.getOrDefault(version + " " + name, new ForeignTest(version, name, "plain", ""))));
        }
        return found;
    }

    private static Map<String, ForeignTest> known() throws IOException {
        Map<String, ForeignTest> known = new HashMap<>();
        resource("tests.txt").lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            String[] words = line.split(" ", 4);
            boolean not = words[2].equals(NOT);
            known.put(
                    words[0] + " " + words[1],
                    new ForeignTest(Integer.parseInt(words[0]), words[1], words[2], not ? words[3] : ""));
        });
        return known;
    }

    /** A text of ours beside the product. */
    static String resource(String name) throws IOException {
        try (InputStream in = ForeignTest.class.getResourceAsStream("/interop/" + name)) {
            if (in == null) {
                throw new IOException("there is no interop/" + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
