package org.anban.simulator.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reads the real recordings where they lie beside the project. They are never copied into it. */
final class RealRecordingsTest {
    private static final String LAYOUT = "accel.csv";

    @Test
    void everyIntensiveCareStayIsReadWithoutLoss() throws IOException {
        List<Recording> stays = all("icu-vitals", ".txt");

        assertThat(stays).allSatisfy(stay -> assertThat(stay.problems()).isEmpty());
        assertThat(stays).filteredOn(stay -> stay.messages().size() > 10).hasSizeGreaterThan(stays.size() * 9 / 10);
    }

    @Test
    void everyTrialOfTheBedIsReadAndSomebodyLeavesIt() throws IOException {
        List<Recording> trials = all("bed-exit", "M", "F");

        assertThat(trials).allSatisfy(trial -> assertThat(trial.problems()).isEmpty());
        assertThat(trials)
                .filteredOn(trial -> trial.messages().stream()
                        .anyMatch(message ->
                                message.payload().path("type").asText().equals("bed-exit")))
                .hasSizeGreaterThan(trials.size() / 2);
    }

    @Test
    void theWristDetectorFindsMostFallsOfTheYoungAndIsNoGoodDetector() throws IOException {
        List<Recording> falls = all("weda-fall", LAYOUT, "F0");
        long found = falls.stream().filter(RealRecordingsTest::hasFall).count();

        System.out.println("wrist detector: " + found + " of " + falls.size() + " falls found");
        assertThat(falls).allSatisfy(each -> assertThat(each.problems()).isEmpty());
        assertThat(found).isBetween(falls.size() / 2L, (long) falls.size());
    }

    private static boolean hasFall(Recording recording) {
        return recording.messages().stream().anyMatch(message -> message.leaf().equals("event"));
    }

    private static List<Recording> all(String layout, String... ends) throws IOException {
        Optional<Path> folder = Stream.of("../shared/data", "../../shared/data", "../../../shared/data")
                .map(each -> Path.of(each, layout))
                .filter(Files::isDirectory)
                .findFirst();
        assumeTrue(folder.isPresent(), "skipped: ../shared/data/" + layout + " is not there");
        boolean falls = ends.length == 2 && ends[1].equals("F0");
        try (Stream<Path> files = Files.walk(folder.get())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> falls
                            ? file.toString().endsWith(ends[0])
                                    && file.getParent().getFileName().toString().startsWith(ends[1])
                            : Stream.of(ends).anyMatch(file.toString()::endsWith))
                    .sorted()
                    .map(file -> Recordings.read(file.toString()))
                    .toList();
        }
    }
}
