package org.anban.gateway.push;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** What of requests may wait for the log. A quarter is kept for those with events in them. Any thread. */
final class WaitingRoom {
    private final long mostCharacters;
    private final AtomicLong waiting = new AtomicLong();

    WaitingRoom(long mostCharacters) {
        this.mostCharacters = mostCharacters;
    }

    /** Does the work, and holds the room until its result is there or it has failed; empty if there is no room. */
    <T> Optional<CompletableFuture<T>> hold(int characters, boolean event, Supplier<CompletableFuture<T>> work) {
        long most = event ? mostCharacters : mostCharacters - mostCharacters / 4;
        if (waiting.addAndGet(characters) > most) {
            waiting.addAndGet(-characters);
            return Optional.empty();
        }
        boolean begun = false;
        try {
            CompletableFuture<T> result = work.get();
            begun = true;
            return Optional.of(result.whenComplete((value, failure) -> waiting.addAndGet(-characters)));
        } finally {
            if (!begun) {
                waiting.addAndGet(-characters);
            }
        }
    }
}
