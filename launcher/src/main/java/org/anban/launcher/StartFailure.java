package org.anban.launcher;

/** Something about the machine or the settings keeps us from starting: one clear line, exit code 2. */
final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartFailure(String line) {
        super(line, null, false, false);
    }
}
