package org.anban.kit.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.anban.kit.config.StartException;
import org.jspecify.annotations.Nullable;

/**
 * The operating system's lock on a home folder: one process at a time. It goes away with the process, however that
 * ends.
 *
 * <p>The system's lock belongs to the process, and closing any second channel on the file would release it; a second
 * taker in this JVM is therefore turned away by a system property, before it opens the file.
 */
final class HomeLock implements AutoCloseable {
    private final FileChannel channel;
    private final String property;

    private HomeLock(FileChannel channel, String property) {
        this.channel = channel;
        this.property = property;
    }

    static HomeLock take(Path home) {
        String property = null;
        try {
            Files.createDirectories(home);
            property = "org.anban.home " + home.toRealPath();
            if (System.getProperties().putIfAbsent(property, "locked") != null) {
                property = null;
                throw inUse(home);
            }
            HomeLock lock = new HomeLock(lockFile(home), property);
            property = null;
            return lock;
        } catch (FileSystemException e) {
            throw new StartException("cannot write to " + home + ": " + reason(e), e);
        } catch (IOException e) {
            throw new StartException("cannot lock " + home + ": " + e.getMessage(), e);
        } finally {
            if (property != null) {
                System.getProperties().remove(property);
            }
        }
    }

    private static FileChannel lockFile(Path home) throws IOException {
        FileChannel channel =
                FileChannel.open(home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock = null;
        try {
            lock = channel.tryLock();
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        if (lock == null) {
            throw inUse(home);
        }
        return channel;
    }

    private static StartException inUse(Path home) {
        return new StartException(
                home + " is in use by another running Anban; stop that one, or set another CARE_HOME");
    }

    private static String reason(FileSystemException e) {
        return e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StartException("cannot release the lock on the home folder: " + e.getMessage(), e);
        } finally {
            System.getProperties().remove(property);
        }
    }
}
