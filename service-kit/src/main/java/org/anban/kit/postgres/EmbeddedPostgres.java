package org.anban.kit.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.anban.kit.config.StartException;
import org.anban.kit.database.DatabaseConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of our own below a home folder, for one machine: durable, reachable from this machine only, with
 * a random password. It holds the folder's lock, so one process at a time; a server that a killed parent left behind is
 * stopped before ours starts, and one that ends without our doing is started again on the same port.
 *
 * <p>Starting takes some 4 s the first time and under 1 s later. Methods block and may be called from any thread.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String DATABASE = "anban";
    private static final int POOL_SIZE = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** What every promise of durability stands on; on the command line, where no file can change it. */
    private static final Map<String, String> DURABLE =
            Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

    private final HomeLock lock;
    private final ServerProcesses processes;
    private final ServerWatch watch;
    private boolean closed;

    private EmbeddedPostgres(HomeLock lock, ServerProcesses processes, ServerWatch watch) {
        this.lock = lock;
        this.processes = processes;
        this.watch = watch;
    }

    /**
     * Starts the server below a home folder, which is made if it does not exist.
     *
     * @throws StartException with one line for the person at the terminal
     */
    public static EmbeddedPostgres start(Path home) {
        Path absolute = home.toAbsolutePath().normalize();
        return start(absolute, absolute.resolve("postgres"), DURABLE, Account.choose());
    }

    static EmbeddedPostgres start(Path home, Path programsFolder, Map<String, String> settings, Account account) {
        return start(home, programsFolder, settings, account, ServerWatch.Patience.USUAL);
    }

    static EmbeddedPostgres start(
            Path home,
            Path programsFolder,
            Map<String, String> settings,
            Account account,
            ServerWatch.Patience patience) {
        HomeLock lock = HomeLock.take(home);
        boolean started = false;
        try {
            EmbeddedPostgres server =
                    startLocked(lock, new Cluster(home.toRealPath(), account), programsFolder, settings, patience);
            started = true;
            return server;
        } catch (IOException e) {
            throw new StartException("cannot start PostgreSQL below " + home + ": " + e.getMessage(), e);
        } finally {
            if (!started) {
                lock.close();
            }
        }
    }

    private static EmbeddedPostgres startLocked(
            HomeLock lock,
            Cluster cluster,
            Path programsFolder,
            Map<String, String> settings,
            ServerWatch.Patience patience)
            throws IOException {
        ServerProcesses processes = new ServerProcesses(cluster.data());
        stopOrphan(processes);
        Path programs = Binaries.unpack(programsFolder);
        cluster.prepare(programs, !"off".equals(settings.get("fsync")));
        boolean started = false;
        try {
            RunningServer server = RunningServer.start(new RunningServer.Site(cluster, programs, settings));
            server.ensureDatabase(DATABASE);
            started = true;
            return new EmbeddedPostgres(lock, processes, ServerWatch.over(server, processes, patience));
        } finally {
            if (!started) {
                processes.stop();
            }
        }
    }

    private static void stopOrphan(ServerProcesses processes) {
        if (!processes.noneLeft()) {
            log.info("a database server of an earlier run is still there; stopping it first");
            processes.stop();
        }
    }

    /** How to reach the database {@code anban} on it. */
    public DatabaseConfig config() {
        return watch.server().config(DATABASE, POOL_SIZE, PATIENCE);
    }

    /** Process id of the postmaster; another one after it was started again. */
    public long pid() {
        return watch.server().pid();
    }

    /** Whether a server that ends would be started again; false once that has been given up. */
    boolean isWatched() {
        return watch.watches();
    }

    /** SIGKILL to the postmaster and all its children, as when the power fails; it is not started again. For kill tests. */
    public void kill() {
        watch.close();
        processes.kill();
    }

    /** Ends every session, stops the server and gives the folder back. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        watch.close();
        try {
            processes.stop();
        } finally {
            lock.close();
        }
    }
}
