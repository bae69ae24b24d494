package org.anban.launcher.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What can be said of the sources only as text. */
final class SourceTest {
    private static final Path ROOT = root();
    private static final Pattern DATABASE_CLOCK = Pattern.compile(
            "(?<![.\\w])(now\\(\\)|current_timestamp|clock_timestamp|statement_timestamp|transaction_timestamp|localtimestamp)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern PROBLEM = Pattern.compile(
            "CareException\\s*\\.(?:conflict|invalid|notFound|forbidden|unavailable)\\(\\s*\"([^\"]+)\"");

    @Test
    void noFileOfTheProductIsLongerThan400Lines() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : sources("/src/main/")) {
            long lines = Files.readString(file).lines().count();
            if (lines > 400) {
                tooLong.add(ROOT.relativize(file) + " has " + lines);
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void theDatabaseIsNeverAskedForTheTime() throws IOException {
        assertThat(linesMatching("/src/main/", DATABASE_CLOCK)).isEmpty();
    }

    @Test
    void everythingThatAnActOnACaseMayAnswerIsKnownInChinese() throws IOException {
        String known = Files.readString(ROOT.resolve("care-platform/src/main/resources/web/parts/service-words.js"))
                .replace("\\\\", "");
        List<String> said = new ArrayList<>();
        for (Path file : sources("/src/main/java/org/anban/alert/case")) {
            PROBLEM.matcher(Files.readString(file)).results().forEach(problem -> said.add(problem.group(1)));
        }
        assertThat(said).hasSizeGreaterThan(10).allSatisfy(words -> assertThat(known)
                .contains(words));
    }

    @Test
    void thePatternFindsAClockInSql() {
        assertThat(DATABASE_CLOCK.matcher("select now()").find()).isTrue();
        assertThat(DATABASE_CLOCK.matcher("where due_at <= :now").find()).isFalse();
    }

    private static List<String> linesMatching(String part, Pattern pattern) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : sources(part)) {
            int number = 0;
            for (String line : Files.readString(file).lines().toList()) {
                number++;
                String code = line.replaceAll("(--|//|^\\s*\\*).*", "");
                if (pattern.matcher(code).find()) {
                    found.add(ROOT.relativize(file) + ":" + number + ": " + line.strip());
                }
            }
        }
        return found;
    }

    private static List<Path> sources(String part) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            List<Path> found = files.filter(f -> f.toString().contains(part))
                    .filter(f -> f.toString().endsWith(".java") || f.toString().endsWith(".sql"))
                    .toList();
            assertThat(found).hasSizeGreaterThan(10);
            return found;
        }
    }

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("care")) ? here : here.getParent();
    }
}
