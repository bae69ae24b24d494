package org.anban.launcher.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Resident bytes of another process. Of a Java process that has touched its whole heap at start (its resident size then
 * tells nothing of what lives in the heap): everything outside the heap, plus what the heap holds after a collection.
 */
final class ResidentMemory {
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern HEAP_USED = Pattern.compile("(?:PSYoungGen|ParOldGen)\\s+total \\d+K, used (\\d+)K");

    private ResidentMemory() {}

    /** @throws IOException where the system has no {@code /proc} */
    static long of(long pid) throws IOException {
        Matcher found = RESIDENT.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
        if (!found.find()) {
            throw new IOException("the system does not tell the resident size of process " + pid);
        }
        return Long.parseLong(found.group(1)) * 1024;
    }

    /**
     * @return resident bytes, counted as if the heap were as large as what lives in it
     * @throws IOException if the JDK's {@code jcmd} does not answer
     */
    static long ofJava(long pid, long heapBytes) throws IOException, InterruptedException {
        long alive = heapAfterCollection(pid);
        return of(pid) - heapBytes + alive;
    }

    /** Collects, and tells the bytes that live. */
    static long heapAfterCollection(long pid) throws IOException, InterruptedException {
        jcmd(pid, "GC.run");
        Matcher used = HEAP_USED.matcher(jcmd(pid, "GC.heap_info"));
        long alive = 0;
        int found = 0;
        while (used.find()) {
            alive += Long.parseLong(used.group(1)) * 1024;
            found++;
        }
        if (found != 2) {
            throw new IOException("jcmd tells nothing of a parallel collector's heap");
        }
        return alive;
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(pid),
                        command)
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("jcmd " + command + ": " + printed);
        }
        return printed;
    }
}
