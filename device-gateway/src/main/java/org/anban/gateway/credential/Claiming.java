package org.anban.gateway.credential;

/** What becomes of somebody who comes with a batch's key to claim a device. */
public enum Claiming {
    /** It may have a key of its own. */
    GOOD,
    WRONG_BATCH_KEY,
    WRONG_CODE,
    /** Another wrong code, after too many for this device. */
    LOCKED,
    /** The batch's window is over. */
    CLOSED,
    /** The device has its own key and has used it: this is somebody else, or a copy. */
    ALREADY
}
