package org.anban.alert.wake;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Says "something was committed, look again", without data. Rung after a commit; listeners must not block, and poll
 * besides, so that a lost ring costs time and nothing else.
 */
public final class Bell {
    private final List<Runnable> here = new CopyOnWriteArrayList<>();
    private final List<Runnable> elsewhere = new CopyOnWriteArrayList<>();

    /** Told of every change, whichever instance made it. */
    public void onRing(Runnable listener) {
        here.add(listener);
    }

    /** Told of what this instance changed, to pass it on to the others. */
    void onOwnRing(Runnable listener) {
        elsewhere.add(listener);
    }

    /** This instance committed something. */
    public void ring() {
        ringHere();
        elsewhere.forEach(Runnable::run);
    }

    /** Another instance did. */
    void ringHere() {
        here.forEach(Runnable::run);
    }
}
