package org.anban.gateway.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anban.gateway.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the fuzz targets, each in a process of its own: {@code -Dfuzz.seconds=3600} for an hour each. */
class FuzzTest {
    private static final int SECONDS = Integer.getInteger("fuzz.seconds", 8);

    private static final int START_AND_STOP_SECONDS = 90;
    private static final Pattern DONE = Pattern.compile("Done (\\d+) runs");

    @TempDir
    private Path folder;

    @Test
    void noPayloadBreaksADecoder() throws Exception {
        Path corpus = Files.createDirectory(folder.resolve("corpus"));
        int number = seed(corpus, Golden.inputs("payload"), PayloadFuzz.CHANNELS.size())
                + seed(corpus, Golden.inputs("family"), PayloadFuzz.CHANNELS.size());
        assertThat(fuzz(PayloadFuzz.class, corpus, SECONDS)).as("inputs tried").isGreaterThan(number);
    }

    @Test
    void noPushBreaksADialect() throws Exception {
        Path corpus = Files.createDirectory(folder.resolve("corpus"));
        int number = seed(corpus, Golden.inputs("push"), DialectFuzz.NAMES.size());
        assertThat(fuzz(DialectFuzz.class, corpus, SECONDS)).as("inputs tried").isGreaterThan(number);
    }

    @Test
    void noBytesBreakTheSession() throws Exception {
        Path corpus = Files.createDirectory(folder.resolve("corpus"));
        byte[][] conversations = {
            {0, 1 | 1 << 3, 0, 2, '{', '}', 0, 1},
            {1, 6, 0, 1, 2, 0, 0, 2, 1, 5, 0},
            {5, 1 | 2 << 3, 3, 0x23, 0, 1, 2, '{', '}', 0, 9, 4, 0x62, 0, 9, 4, 0x62, 0, 9},
            {0x52, 2, 0, 0, 7, 1, 3, 0, 0, 8, 4, (byte) 0xC0, 0, 0},
            {12, 0, 4, 0x10, 2, 0, 0},
        };
        for (int i = 0; i < conversations.length; i++) {
            Files.write(corpus.resolve("conversation-" + i), conversations[i]);
        }
        assertThat(fuzz(SessionFuzz.class, corpus, 3 * SECONDS))
                .as("conversations tried")
                .isGreaterThan(conversations.length);
    }

    /** Every golden payload, once for each thing that a first byte can choose. */
    private static int seed(Path corpus, List<Path> goldens, int choices) throws IOException {
        int number = 0;
        for (Path file : goldens) {
            byte[] payload = Files.readAllBytes(file);
            for (int choice = 0; choice < choices; choice++) {
                byte[] input = new byte[payload.length + 1];
                input[0] = (byte) choice;
                System.arraycopy(payload, 0, input, 1, payload.length);
                Files.write(corpus.resolve(file.getFileName() + "-" + choice), input);
                number++;
            }
        }
        return number;
    }

    /**
     * The session's time has the start of a gateway in it.
     *
     * @return how many inputs were tried; fails with what was printed if one of them broke the target
     */
    private long fuzz(Class<?> target, Path corpus, int seconds) throws IOException, InterruptedException {
        Path printed = folder.resolve("printed");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-Dio.netty.leakDetection.level=paranoid",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + target.getName(),
                        "--instrumentation_includes=org.anban.gateway.**:org.anban.contracts.**",
                        "--custom_hook_includes=org.anban.gateway.**",
                        "--custom_hook_excludes=org.anban.gateway.fuzz.**",
                        "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery",
                        "--reproducer_path=" + folder,
                        "-artifact_prefix=" + folder + "/",
                        "-max_total_time=" + seconds,
                        "-seed=20260105",
                        "-max_len=2048",
                        "-rss_limit_mb=0",
                        corpus.toString()))
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        boolean ended = process.waitFor(seconds + START_AND_STOP_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        String output = Files.readString(printed, StandardCharsets.ISO_8859_1);
        assertThat(ended && process.exitValue() == 0).as(output).isTrue();
        Matcher done = DONE.matcher(output);
        assertThat(done.find()).as(output).isTrue();
        System.out.println(target.getSimpleName() + ": " + done.group(1) + " inputs in " + seconds + " s");
        return Long.parseLong(done.group(1));
    }
}
