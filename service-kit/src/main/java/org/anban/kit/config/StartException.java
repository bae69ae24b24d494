package org.anban.kit.config;

import org.jspecify.annotations.Nullable;

/**
 * Why the program cannot start, in one line that the person at the terminal can act on: a taken port, a folder that
 * cannot be written. The command line prints the message alone and ends with exit code 2.
 */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartException(String line) {
        super(line);
    }

    public StartException(String line, @Nullable Throwable cause) {
        super(line, cause);
    }
}
