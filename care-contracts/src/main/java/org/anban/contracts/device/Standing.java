package org.anban.contracts.device;

/** Where a device is in its life, and what follows for whoever speaks with its name. */
public enum Standing {
    IN_STOCK,
    IN_USE,
    IN_REPAIR,
    /** Nobody knows where it is. It is listened to: its position and its alarm are wanted most of all. */
    LOST,
    /** Its name is misused; it is refused until somebody lifts that. */
    BLOCKED,
    /** Gone for good; it is refused. */
    RETIRED;

    /** Whether a connection of its own is accepted. */
    public boolean mayConnect() {
        return this != BLOCKED && this != RETIRED;
    }
}
