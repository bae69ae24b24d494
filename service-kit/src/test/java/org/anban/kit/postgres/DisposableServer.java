package org.anban.kit.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anban.kit.database.DatabaseConfig;

/**
 * A server for the tests of one JVM: in a temporary folder, quick instead of durable. The unpacked programs are shared by
 * all JVMs of the machine; what a killed JVM left behind is cleared away by the next.
 */
public final class DisposableServer implements AutoCloseable {
    private static final String PREFIX = "anban-test-postgres-";
    private static final Map<String, String> QUICK = Map.of(
            "fsync", "off",
            "full_page_writes", "off",
            "shared_buffers", "64MB",
            "log_min_messages", "panic",
            "autovacuum_naptime", "60s");

    private final Path home;
    private final EmbeddedPostgres server;

    private DisposableServer(Path home, EmbeddedPostgres server) {
        this.home = home;
        this.server = server;
    }

    public static DisposableServer start() {
        Path temp = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            clearLeftovers(temp);
            Path home = Files.createDirectory(
                    temp.resolve(PREFIX + ProcessHandle.current().pid()));
            return new DisposableServer(home, EmbeddedPostgres.start(home, sharedPrograms(), QUICK, Account.choose()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where unpacked programs are kept between test runs. */
    public static Path sharedPrograms() {
        return Path.of(System.getProperty("java.io.tmpdir"), "anban-test-programs-" + System.getProperty("user.name"));
    }

    public DatabaseConfig config(String database, int poolSize, Duration patience) {
        DatabaseConfig config = server.config();
        String url = config.url().substring(0, config.url().lastIndexOf('/') + 1) + database;
        return new DatabaseConfig(url, config.user(), config.password(), poolSize, patience);
    }

    @Override
    public void close() {
        server.close();
        try {
            Folders.delete(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void clearLeftovers(Path temp) throws IOException {
        List<Path> homes;
        try (Stream<Path> found = Files.list(temp)) {
            homes = found.filter(p -> p.getFileName().toString().startsWith(PREFIX))
                    .toList();
        }
        for (Path home : homes) {
            long pid = Long.parseLong(home.getFileName().toString().substring(PREFIX.length()));
            if (ProcessHandle.of(pid).isEmpty()
                    || pid == ProcessHandle.current().pid()) {
                new ServerProcesses(home.toRealPath().resolve("postgres/data")).kill();
                Folders.delete(home);
            }
        }
    }
}
