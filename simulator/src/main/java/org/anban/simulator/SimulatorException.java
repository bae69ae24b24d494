package org.anban.simulator;

/** What the simulator was asked for cannot be done; the message is one clear line for the person who asked. */
public final class SimulatorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SimulatorException(String message) {
        super(message);
    }

    public SimulatorException(String message, Throwable cause) {
        super(message, cause);
    }
}
