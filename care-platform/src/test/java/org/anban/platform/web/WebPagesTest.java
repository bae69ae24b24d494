package org.anban.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages have no build step that could find these mistakes, so the tests do. */
final class WebPagesTest {
    private static final Path WEB = Path.of("src/main/resources/web");
    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);
    private static final Pattern KEY = Pattern.compile("(?m)^  '?([\\w.-]+)'?: '");
    private static final Pattern USED = Pattern.compile("\\bt\\('([\\w.]+)'");
    private static final Pattern IMPORTED = Pattern.compile("(?m)(?:from|import) '(\\.[^']+)'");

    @Test
    void everyLibraryOfTheImportMapIsOnTheClassPath() {
        JsonObject imports = new JsonObject(importMap("index.html")).getJsonObject("imports");

        assertThat(imports.fieldNames())
                .allSatisfy(name -> assertThat(getClass().getResource("/META-INF/resources" + imports.getString(name)))
                        .as(name)
                        .isNotNull());
    }

    @Test
    void allPagesShareOneImportMap() {
        assertThat(importMap("family/index.html")).isEqualTo(importMap("index.html"));
    }

    @Test
    void everyModuleImportsFilesThatExist() {
        assertThat(scripts()).allSatisfy(script -> {
            for (String imported : found(IMPORTED, read(script))) {
                assertThat(script.resolveSibling(imported))
                        .as("%s in %s", imported, script)
                        .exists();
            }
        });
    }

    @Test
    void bothLanguagesHaveTheSameWords() {
        assertThat(words("en")).isEqualTo(words("zh")).hasSizeGreaterThan(150);
    }

    @Test
    void everyWordThatThePagesUseExists() {
        Set<String> used = scripts().stream()
                .flatMap(script -> found(USED, read(script)).stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(words("en")).containsAll(used);
    }

    @Test
    void nothingNeedsMoreThanTheContentPolicyAllows() {
        assertThat(pages()).allSatisfy(page -> assertThat(read(page))
                .doesNotContainPattern("\\sstyle=")
                .doesNotContainPattern("\\son\\w+=")
                .doesNotContain("eval(")
                .doesNotContain("innerHTML"));
    }

    @Test
    void noPageStopsItselfWithTheBrowsersOwnQuestion() {
        assertThat(scripts())
                .allSatisfy(script -> assertThat(read(script)).doesNotContainPattern("\\b(confirm|alert|prompt)\\("));
    }

    private static String importMap(String page) {
        return found(IMPORT_MAP, read(WEB.resolve(page))).get(0);
    }

    private static Set<String> words(String language) {
        return new TreeSet<>(found(KEY, read(WEB.resolve("parts/words-" + language + ".js"))));
    }

    private static List<Path> scripts() {
        return pages().stream().filter(p -> p.toString().endsWith(".js")).toList();
    }

    private static List<Path> pages() {
        try (Stream<Path> files = Files.walk(WEB)) {
            return files.filter(p -> p.toString().matches(".*\\.(js|html)")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
