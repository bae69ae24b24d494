package org.anban.simulator.demo;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.anban.simulator.SimulatorException;
import org.jspecify.annotations.Nullable;

/**
 * A device has one connection, and who connects as it takes that over. While a command plays a device, the district
 * that otherwise plays it keeps away: the loan is an operating system's lock on a file, so it ends with its process.
 */
public final class DeviceLoan implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final @Nullable FileChannel channel;

    private DeviceLoan(@Nullable FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Where nothing can be written the loan is given without a lock: the worst is that the district comes back early.
     *
     * @throws SimulatorException when another command plays this device
     */
    public static DeviceLoan take(Path careHome, String device) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                FileChannel channel = open(careHome, device, true);
                if (locked(channel)) {
                    return new DeviceLoan(channel);
                }
                channel.close();
            } catch (IOException e) {
                return new DeviceLoan(null);
            }
            if (System.nanoTime() - deadline > 0) {
                throw new SimulatorException("another command plays " + device + " at the moment");
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** Whether a command plays it at this moment. */
    public static boolean lent(Path careHome, String device) {
        try (FileChannel channel = open(careHome, device, false)) {
            return !locked(channel);
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new SimulatorException("cannot give a device back: " + e.getMessage(), e);
            }
        }
    }

    private static FileChannel open(Path careHome, String device, boolean create) throws IOException {
        Path folder = careHome.resolve("simulator").resolve("loans");
        if (!create) {
            return FileChannel.open(folder.resolve(fileName(device)), StandardOpenOption.WRITE);
        }
        Files.createDirectories(folder);
        return FileChannel.open(folder.resolve(fileName(device)), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static String fileName(String device) {
        return device.replaceAll("[^A-Za-z0-9._-]", "_") + ".lock";
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
