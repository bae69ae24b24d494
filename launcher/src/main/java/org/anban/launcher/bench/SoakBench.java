package org.anban.launcher.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.anban.simulator.load.LoadCredential;
import org.anban.simulator.load.UnrulyCrowd;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./care bench soak}: devices that connect and leave, send rubbish and drip bytes; what stays in the heap. */
@Command(
        name = "soak",
        description = "unruly devices for as long as asked; heap after collection before, between and after")
final class SoakBench implements Callable<Integer> {
    private static final int CLIENTS = 200;
    private static final int PARTS = 5;
    private static final Duration WARM_UP = Duration.ofSeconds(15);

    @Option(names = "--minutes", description = "of unruliness (default: ${DEFAULT-VALUE})")
    private double minutes = 2;

    @Override
    public Integer call() throws Exception {
        Path home = Files.createTempDirectory("anban-bench");
        try (AnbanTarget ours = new AnbanTarget(home, CLIENTS)) {
            long pid = ours.process().pid();
            List<Long> heaps = new ArrayList<>();
            long conversations = unruly(ours, WARM_UP);
            heaps.add(ResidentMemory.heapAfterCollection(pid));
            for (int i = 0; i < PARTS; i++) {
                conversations += unruly(ours, Duration.ofMillis((long) (minutes * 60_000 / PARTS)));
                heaps.add(ResidentMemory.heapAfterCollection(pid));
                System.out.printf(
                        Locale.ROOT,
                        "  %d conversations, heap after collection %.1f MiB, resident %.1f MiB%n",
                        conversations,
                        mebibytes(heaps.get(heaps.size() - 1)),
                        mebibytes(ResidentMemory.of(pid)));
            }
            System.out.printf(
                    Locale.ROOT,
                    "soak: conversations=%d heap_start_mib=%.1f heap_end_mib=%.1f%n",
                    conversations,
                    mebibytes(heaps.get(0)),
                    mebibytes(heaps.get(heaps.size() - 1)));
        } finally {
            Folders.delete(home);
        }
        return 0;
    }

    private static long unruly(AnbanTarget target, Duration length) throws InterruptedException {
        List<LoadCredential> who = target.credentials().subList(0, CLIENTS);
        return UnrulyCrowd.run("127.0.0.1", target.port(), who, length);
    }

    private static double mebibytes(long bytes) {
        return bytes / 1048576.0;
    }
}
