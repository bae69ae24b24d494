package org.anban.kit.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.anban.kit.config.StartException;

/**
 * Under which account PostgreSQL's programs run; they refuse to run as root. An ordinary user runs them as themselves;
 * root runs them in a user namespace of their own, or else as {@code nobody}, who is then given the data folder.
 */
enum Account {
    OURSELVES(List.of()),
    NAMESPACE(List.of("unshare", "-U")),
    NOBODY(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"));

    private static final int NOBODY_ID = 65534;
    private static final int PROBE_SECONDS = 10;

    private final List<String> prefix;

    Account(List<String> prefix) {
        this.prefix = prefix;
    }

    /** The first that works here. */
    static Account choose() {
        if (!isRoot()) {
            return OURSELVES;
        }
        if (works(NAMESPACE.command(List.of("true")))) {
            return NAMESPACE;
        }
        if (works(NOBODY.command(List.of("true")))) {
            return NOBODY;
        }
        throw new StartException("PostgreSQL does not run as root, and neither 'unshare -U' nor 'setpriv' works here;"
                + " start Anban as an ordinary user");
    }

    List<String> command(List<String> program) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(program);
        return command;
    }

    /** The same in a session of its own, so that Ctrl-C at the terminal reaches us and not the server behind us. */
    List<String> detached(List<String> program) {
        if (!works(List.of("setsid", "true"))) {
            return command(program);
        }
        List<String> command = new ArrayList<>(List.of("setsid"));
        command.addAll(program);
        return command(command);
    }

    /** Makes the server's folder usable by this account. */
    void own(Path home, Path folder) throws IOException {
        if (this == NAMESPACE && !Integer.valueOf(0).equals(Files.getAttribute(folder, "unix:uid"))) {
            Folders.give(folder, 0, 0); // an earlier start had to run as nobody
        }
        if (this != NOBODY) {
            return;
        }
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx--x--x"));
        Folders.give(folder, NOBODY_ID, NOBODY_ID);
        if (!works(command(List.of("test", "-w", folder.toString())))) {
            throw new StartException("PostgreSQL does not run as root, and the user 'nobody' cannot reach " + home
                    + "; start Anban as an ordinary user, or set CARE_HOME to a folder that others may enter");
        }
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static boolean works(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
