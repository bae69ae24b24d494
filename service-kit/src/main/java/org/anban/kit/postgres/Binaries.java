package org.anban.kit.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.anban.kit.config.StartException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The PostgreSQL programs, unpacked from the jar once. A marker holds how many bytes a complete copy has: what was cut
 * short, by us or by the power, is unpacked again. Several processes may unpack into one folder at the same time.
 */
final class Binaries {
    private static final String MARKER = "complete";

    private Binaries() {}

    /** Unpacks below {@code parent} unless that was done before. Returns the folder that has {@code bin/postgres}. */
    static Path unpack(Path parent) {
        String name = archive();
        URL url = Binaries.class.getResource("/" + name);
        if (url == null) {
            throw new StartException("no PostgreSQL programs for this machine on the class path (" + name + ")");
        }
        try {
            Files.createDirectories(parent);
            URLConnection connection = url.openConnection();
            connection.setUseCaches(false);
            try (InputStream in = new BufferedInputStream(connection.getInputStream(), 1 << 16)) {
                Path target = parent.resolve("programs-" + connection.getContentLengthLong());
                if (!isComplete(target)) {
                    unpack(in, target);
                }
                return target;
            }
        } catch (IOException e) {
            throw new StartException("cannot unpack PostgreSQL below " + parent + ": " + e.getMessage(), e);
        }
    }

    private static String archive() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch", "");
        return switch (system + " " + machine) {
            case "linux amd64", "linux x86_64" -> "postgres-linux-x86_64.txz";
            case "linux aarch64", "linux arm64" -> "postgres-linux-arm_64.txz";
            default ->
                throw new StartException("the embedded PostgreSQL runs on Linux (amd64, arm64), not on " + system + " "
                        + machine + "; name a database of your own instead");
        };
    }

    private static boolean isComplete(Path target) throws IOException {
        Path marker = target.resolve(MARKER);
        return Files.exists(marker)
                && Files.readString(marker).equals(Long.toString(totalBytes(target) - Files.size(marker)));
    }

    private static void unpack(InputStream in, Path target) throws IOException {
        Path fresh = target.resolveSibling(target.getFileName() + ".new-" + UUID.randomUUID());
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(in))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                write(tar, entry, fresh);
            }
        }
        Files.writeString(fresh.resolve(MARKER), Long.toString(totalBytes(fresh)));
        try {
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (isComplete(target)) {
                Folders.delete(fresh);
                return;
            }
            Folders.delete(target);
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path root) throws IOException {
        Path path = root.resolve(entry.getName()).normalize();
        if (!path.startsWith(root)) {
            throw new IOException("an entry leaves the folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, path, StandardCopyOption.REPLACE_EXISTING);
        String mode = (entry.getMode() & 0100) != 0 ? "rwxr-xr-x" : "rw-r--r--";
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private static long totalBytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS))
                    .mapToLong(Binaries::size)
                    .sum();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
