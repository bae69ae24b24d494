package org.anban.launcher.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.anban.kit.testing.Eventually;

/** The embedded database server of a home, seen from outside. */
record ServerProcesses(Path home) {
    private Path data() {
        return home.resolve("postgres").resolve("data");
    }

    /** Of the postmaster and its children; none if it does not run. */
    List<Long> pids() throws IOException {
        List<Long> found = new ArrayList<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes
                    .filter(p -> Character.isDigit(p.getFileName().toString().charAt(0)))
                    .toList()) {
                if (servesOurFolder(process)) {
                    found.add(Long.parseLong(process.getFileName().toString()));
                }
            }
        }
        return found;
    }

    private boolean servesOurFolder(Path process) {
        try {
            return Files.readString(process.resolve("comm")).trim().equals("postgres")
                    && Files.readSymbolicLink(process.resolve("cwd")).equals(data().toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    /** SIGKILL to all of them, as when the power fails. */
    void kill() {
        Eventually.until("no server process is left", () -> {
            List<Long> left = pids();
            left.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
            return left.isEmpty();
        });
    }

    boolean exists() {
        return Files.exists(data().resolve("postmaster.pid"));
    }

    /** A session on the running server, as its owner. */
    Connection connect() throws IOException, SQLException {
        List<String> lines = Files.readAllLines(data().resolve("postmaster.pid"));
        String password = Files.readString(home.resolve("postgres").resolve("password"));
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + lines.get(3).trim() + "/anban", "anban", password.trim());
    }
}
