package org.anban.alert.memory;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A subject's falls that nobody cancelled, and its wearers' cancels, for a while. A cancel and its fall may come in
 * either order. At most {@value #MOST} of each; a forgotten fall can no longer be cancelled, which is the safe side.
 */
public final class FallWatch {
    private static final int MOST = 20;

    private final List<Fall> falls = new ArrayList<>(1);
    private final List<Cancel> cancels = new ArrayList<>(1);

    /** What a cancel did. */
    public enum Outcome {
        /** It ends no fall that we know of. */
        NOTHING,
        /** It ends a candidate, and no other stands. */
        ENDED,
        /** It ends a candidate, but another fall that shares its incident stands. */
        ANOTHER_STANDS,
        /** The fall was confirmed by the device's own countdown; only a person ends it. */
        CONFIRMED
    }

    /** Forgets what was received longer ago than the span. */
    public void forget(Instant now, Duration span) {
        Instant oldest = now.minus(span);
        falls.removeIf(fall -> fall.receivedAt().isBefore(oldest));
        cancels.removeIf(cancel -> cancel.receivedAt().isBefore(oldest));
    }

    /** A fall was reported: what a cancel that came first did to it. */
    public Outcome fell(Fall fall, Duration window) {
        boolean cancelled = false;
        for (int i = 0; i < cancels.size(); i++) {
            if (fall.endedBy(cancels.get(i), window)) {
                cancels.set(i, cancels.get(i).asUsed());
                cancelled = true;
            }
        }
        if (!cancelled || fall.confirmed()) {
            boolean known = cancelled;
            keep(falls, fall);
            return known ? Outcome.CONFIRMED : Outcome.NOTHING;
        }
        return standsBeside(fall) ? Outcome.ANOTHER_STANDS : Outcome.ENDED;
    }

    /** A wearer cancelled: which fall it ended, if we know it already. */
    public Outcome cancelled(Cancel cancel, Duration window) {
        List<Fall> ended = new ArrayList<>();
        falls.forEach(fall -> {
            if (fall.endedBy(cancel, window)) {
                ended.add(fall);
            }
        });
        keep(cancels, ended.isEmpty() ? cancel : cancel.asUsed());
        if (ended.isEmpty()) {
            return Outcome.NOTHING;
        }
        falls.removeAll(ended);
        if (ended.stream().anyMatch(Fall::confirmed)) {
            return Outcome.CONFIRMED;
        }
        return ended.stream().anyMatch(this::standsBeside) ? Outcome.ANOTHER_STANDS : Outcome.ENDED;
    }

    private boolean standsBeside(Fall ended) {
        return falls.stream().anyMatch(ended::overlaps);
    }

    private static <T> void keep(List<T> list, T item) {
        if (list.size() == MOST) {
            list.remove(0);
        }
        list.add(item);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeShort(falls.size());
        for (Fall fall : falls) {
            fall.write(out);
        }
        out.writeShort(cancels.size());
        for (Cancel cancel : cancels) {
            cancel.write(out);
        }
    }

    static FallWatch read(DataInputStream in) throws IOException {
        FallWatch watch = new FallWatch();
        for (int count = in.readUnsignedShort(); count > 0; count--) {
            watch.falls.add(Fall.read(in));
        }
        for (int count = in.readUnsignedShort(); count > 0; count--) {
            watch.cancels.add(Cancel.read(in));
        }
        return watch;
    }
}
