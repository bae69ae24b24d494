package org.anban.gateway.senml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anban.gateway.Golden;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The examples cover the ground of those in RFC 8428 section 5; the values are our own. */
class SenmlResolverTest {
    private static final double NOW = 1_767_600_000;
    private static final Path RFC_EXAMPLES = Path.of("../../shared/data/senml");

    @TestFactory
    Stream<DynamicTest> everyExampleResolves() throws Exception {
        return Golden.inputs("senml").stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    String actual = resolve(Files.readString(file)).stream()
                            .map(SenmlRecord::toString)
                            .collect(Collectors.joining("\n", "", "\n"));
                    assertThat(actual).isEqualTo(Golden.expected(file, actual));
                }));
    }

    @Test
    void resolvingAResolvedPackChangesNothing() throws Exception {
        Random random = new Random(8428);
        for (int i = 0; i < 2_000; i++) {
            List<SenmlRecord> once = resolve(RandomPack.of(random).json());
            assertThat(resolve(RandomPack.write(once))).isEqualTo(once);
        }
    }

    @Test
    void baseAndOwnAreAdded() throws Exception {
        Random random = new Random(4288);
        for (int i = 0; i < 2_000; i++) {
            RandomPack pack = RandomPack.of(random);
            List<SenmlRecord> resolved = resolve(pack.json());
            assertThat(resolved).hasSameSizeAs(pack.expected());
            for (SenmlRecord expected : pack.expected()) {
                assertThat(resolved).contains(expected);
            }
            assertThat(resolved).isSortedAccordingTo((a, b) -> Double.compare(a.time(), b.time()));
        }
    }

    @Test
    void aSmallTimeIsRelativeToNowAndALargeOneIsNot() throws Exception {
        assertThat(resolve("[{\"n\":\"a\",\"t\":268435455,\"v\":1}]").get(0).time())
                .isEqualTo(NOW + 268435455);
        assertThat(resolve("[{\"n\":\"a\",\"t\":268435456,\"v\":1}]").get(0).time())
                .isEqualTo(268435456);
        assertThat(resolve("[{\"n\":\"a\",\"t\":-5,\"v\":1}]").get(0).time()).isEqualTo(NOW - 5);
        assertThat(resolve("[{\"n\":\"a\",\"v\":1}]").get(0).time()).isEqualTo(NOW);
    }

    @Test
    void whatTheRfcForbidsIsRefusedWhole() {
        refused("[{\"n\":\"a\",\"v\":1,\"vs\":\"x\"}]", "exactly one");
        refused("[{\"n\":\"a\",\"u\":\"m\"}]", "one of them");
        refused("[{\"n\":\"a\",\"v\":1},{\"n\":\"b\",\"v\":1,\"secret_\":2}]", "secret_");
        refused("[{\"bver\":11,\"n\":\"a\",\"v\":1}]", "bver");
        refused("[{\"bver\":5,\"n\":\"a\",\"v\":1},{\"bver\":6,\"n\":\"b\",\"v\":1}]", "bver");
        refused("[{\"v\":1}]", "name");
        refused("[{\"n\":\"_a\",\"v\":1}]", "n:");
        refused("[{\"n\":\"a b\",\"v\":1}]", "n:");
        refused("[{\"n\":\"a\",\"v\":\"1\"}]", "v:");
        refused("[{\"n\":\"a\",\"vb\":1}]", "vb:");
        refused("[17]", "object");
        refused("{\"n\":\"a\",\"v\":1}", "array");
    }

    @Test
    void theExamplesOfTheRfcResolveAsItSays() throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(RFC_EXAMPLES), "the recordings of the RFC's examples are not here");
        List<Path> resolvedFiles;
        try (Stream<Path> files = Files.list(RFC_EXAMPLES)) {
            resolvedFiles =
                    files.filter(f -> f.toString().endsWith(".resolved.json")).toList();
        }
        assertThat(resolvedFiles).isNotEmpty();
        for (Path file : resolvedFiles) {
            List<SenmlRecord> wanted = resolve(Files.readString(file));
            String input = file.toString().replace(".resolved", "");
            List<SenmlRecord> ours = resolve(Files.readString(Path.of(input)));
            List<String> names = wanted.stream().map(SenmlRecord::name).toList();
            assertThat(ours.stream().map(SenmlRecord::name).filter(names::contains))
                    .containsExactlyElementsOf(names);
            for (int i = 0; i < wanted.size(); i++) {
                assertThat(ours.get(i).value()).isEqualTo(wanted.get(i).value());
                if (ours.get(i).time() != NOW) {
                    assertThat(ours.get(i).time()).isCloseTo(wanted.get(i).time(), within(1e-5));
                }
            }
        }
    }

    private static void refused(String pack, String names) {
        assertThatThrownBy(() -> resolve(pack))
                .isInstanceOf(SenmlException.class)
                .hasMessageContaining(names);
    }

    static List<SenmlRecord> resolve(String pack) throws IOException, SenmlException {
        try (JsonParser json = new JsonFactory().createParser(pack)) {
            json.nextToken();
            return new ArrayList<>(new SenmlResolver().resolve(json, NOW));
        }
    }
}
