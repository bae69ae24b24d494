package org.anban.kit.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.anban.kit.config.StartException;

/**
 * The data folder of the embedded server, made by {@code initdb} beside its final place and moved there when it is
 * whole, so that an interrupted first start is simply done again.
 */
final class Cluster {
    static final String USER = "anban";
    private static final String MAJOR_VERSION = "17";
    private static final int INITDB_MINUTES = 3;
    private static final int PASSWORD_BYTES = 24;

    private final Path home;
    private final Path root;
    private final Account account;

    Cluster(Path home, Account account) {
        this.home = home;
        this.root = home.resolve("postgres");
        this.account = account;
    }

    Account account() {
        return account;
    }

    Path root() {
        return root;
    }

    Path data() {
        return root.resolve("data");
    }

    Path settings() {
        return root.resolve("anban.conf");
    }

    /** What the server says before its own log is open. */
    Path startLog() {
        return root.resolve("start.log");
    }

    Path passwordFile() {
        return root.resolve("password");
    }

    String password() throws IOException {
        return Files.readString(passwordFile()).trim();
    }

    /** Makes the folder if there is none, and writes the settings. */
    void prepare(Path programs, boolean durable) throws IOException {
        Files.createDirectories(root);
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
        Files.write(settings(), settingsText());
        if (Files.exists(data())) {
            checkVersion();
            account.own(home, root);
            return;
        }
        Path fresh = root.resolve("data.new");
        Folders.delete(fresh);
        writePassword();
        account.own(home, root);
        initialize(programs, fresh, durable);
        Files.move(fresh, data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void checkVersion() throws IOException {
        String version = Files.readString(data().resolve("PG_VERSION")).trim();
        if (!version.equals(MAJOR_VERSION)) {
            throw new StartException(data() + " was made by PostgreSQL " + version + ", this is " + MAJOR_VERSION
                    + "; bring the data over with that version's pg_dumpall");
        }
    }

    private void writePassword() throws IOException {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        Files.deleteIfExists(passwordFile());
        Files.createFile(
                passwordFile(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(passwordFile(), HexFormat.of().formatHex(random) + "\n");
    }

    private void initialize(Path programs, Path fresh, boolean durable) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                programs.resolve("bin/initdb").toString(),
                "--pgdata=" + fresh,
                "--username=" + USER,
                "--pwfile=" + passwordFile(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--locale-provider=builtin", // order of text does not change with the machine's C library
                "--builtin-locale=C.UTF-8",
                "--data-checksums"));
        if (!durable) {
            command.add("--no-sync");
        }
        run(command);
    }

    private void run(List<String> command) throws IOException {
        Path output = startLog();
        Process process = new ProcessBuilder(account.command(command))
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(INITDB_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new StartException("initdb did not end in " + INITDB_MINUTES + " minutes; see " + output);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while making the database", e);
        }
        if (process.exitValue() != 0) {
            throw new StartException("initdb failed: " + lastLine(output));
        }
    }

    String lastLine(Path file) throws IOException {
        List<String> lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .filter(l -> !l.isBlank())
                .toList();
        return (lines.isEmpty() ? "no output" : lines.get(lines.size() - 1)) + " (" + file + ")";
    }

    private static byte[] settingsText() throws IOException {
        try (InputStream in = Cluster.class.getResourceAsStream("/postgres/anban.conf")) {
            if (in == null) {
                throw new IOException("anban.conf is not on the class path");
            }
            return in.readAllBytes();
        }
    }
}
