package org.anban.gateway.push;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.anban.gateway.inlet.Answer;

/** The messages of one request on their way into the log. Answered from any thread. */
final class Delivery {
    /** What became of a request. */
    enum Outcome {
        /** Everything of it is durable, or set aside and counted: it must not come again. */
        DONE,
        /** Something of it was not taken: it must come again. */
        AGAIN
    }

    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final AtomicInteger open = new AtomicInteger(1);
    private final AtomicInteger setAside = new AtomicInteger();
    private volatile boolean left;
    private volatile boolean tooLate;

    /** One more will be answered. */
    void expect() {
        open.incrementAndGet();
    }

    void answered(Answer answer) {
        switch (answer.kind()) {
            case COMMITTED -> {}
            case SET_ASIDE -> setAside.incrementAndGet();
            case REFUSED, BUSY -> left = true;
        }
        settle();
    }

    /** One that was expected cannot be brought. */
    void failed() {
        left = true;
        settle();
    }

    /** The platform waits no longer: what was not taken by now must come again. */
    void tooLate() {
        tooLate = true;
    }

    boolean isTooLate() {
        return tooLate;
    }

    /** A message that was set aside before it came to the inlet. */
    void setAside() {
        setAside.incrementAndGet();
    }

    /** No more will be expected. */
    CompletableFuture<Outcome> outcome() {
        settle();
        return outcome;
    }

    int countSetAside() {
        return setAside.get();
    }

    private void settle() {
        if (open.decrementAndGet() == 0) {
            outcome.complete(left ? Outcome.AGAIN : Outcome.DONE);
        }
    }
}
