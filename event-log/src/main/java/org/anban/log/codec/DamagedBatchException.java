package org.anban.log.codec;

/** A stored batch cannot be read: it was damaged, or written by a later version. Nothing of it may be used. */
public final class DamagedBatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DamagedBatchException(String message) {
        super(message);
    }

    public DamagedBatchException(String message, Throwable cause) {
        super(message, cause);
    }
}
