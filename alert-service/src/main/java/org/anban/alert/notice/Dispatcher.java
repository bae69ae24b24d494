package org.anban.alert.notice;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.anban.alert.notice.Delivery.Outcome;
import org.anban.kit.database.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is ready on one channel: claims a notice under a lease, sends it outside any transaction, and records the
 * attempt. Any number may run and any may die.
 */
public final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final Duration CONSOLE_WAITS = Duration.ofMinutes(5);

    private static final int FAILURES_TOLERATED = 3;

    private final AtomicInteger failuresInARow = new AtomicInteger();
    private final Database database;
    private final InstantSource time;
    private final NoticeStore store;
    private final Channel channel;
    private final NoticeConfig config;
    private final MeterRegistry meters;

    public Dispatcher(
            Database database,
            InstantSource time,
            NoticeStore store,
            Channel channel,
            NoticeConfig config,
            MeterRegistry meters) {
        this.database = database;
        this.time = time;
        this.store = store;
        this.channel = channel;
        this.config = config;
        this.meters = meters;
    }

    /** Sends everything that is due, one after the other, and says how many attempts that took. */
    public int runDue() throws InterruptedException {
        tidy();
        int attempts = 0;
        for (Optional<Notice> next = claim(); next.isPresent(); next = claim()) {
            attempt(next.get());
            attempts++;
        }
        return attempts;
    }

    /** What is wrong with the provider, in words for a banner; empty if nothing is. Consoles come and go. */
    public Optional<String> problem() {
        int failures = failuresInARow.get();
        return channel.within() == null && failures >= FAILURES_TOLERATED
                ? Optional.of("the provider of calls and messages has not taken the last " + failures + " notices")
                : Optional.empty();
    }

    private void tidy() {
        Instant now = time.instant();
        database.inTransaction(tx -> {
            for (Notice notice : store.expire(tx, channel.name(), now)) {
                store.log(tx, notice.id(), now, "unknown", "the lease ran out while it was being sent");
                if (notice.progress().state() == NoticeState.FAILED) {
                    store.tellFailure(tx, notice, Receipts.SAID_FAILED, now);
                }
            }
            if (channel.within() != null) {
                for (String id : store.giveUp(tx, channel.name(), now.minus(CONSOLE_WAITS))) {
                    store.log(tx, id, now, "failed", "no console connected");
                }
            }
            return null;
        });
    }

    private Optional<Notice> claim() {
        Collection<String> within = channel.within();
        if (within != null && within.isEmpty()) {
            return Optional.empty();
        }
        Instant now = time.instant();
        NoticeStore.Claim claim = new NoticeStore.Claim(
                channel.name(), within, UUID.randomUUID().toString(), now, now.plus(config.lease()), config.attempts());
        return database.inTransaction(tx -> {
            for (String id : store.withdraw(tx, channel.name(), now)) {
                store.log(tx, id, now, "withdrawn", "the ladder no longer climbs");
            }
            return store.claim(tx, claim);
        });
    }

    private void attempt(Notice notice) throws InterruptedException {
        Delivery delivery = deliver(notice);
        Instant now = time.instant();
        NoticeState state = after(delivery.outcome(), notice);
        database.inTransaction(tx -> {
            store.log(
                    tx,
                    notice.id(),
                    now,
                    delivery.outcome().name().toLowerCase(java.util.Locale.ROOT),
                    delivery.detail());
            Optional<NoticeState> settled = store.settle(
                    tx, notice, state, now.plus(backOff(notice.progress().attempts())));
            if (settled.isEmpty() && delivery.outcome() == Outcome.SENT) {
                store.sentAfterAll(tx, notice.id());
            }
            if (settled.filter(NoticeState.FAILED::equals).isPresent()) {
                String why = delivery.outcome() == Outcome.SENT ? Receipts.SAID_FAILED : delivery.detail();
                store.tellFailure(tx, notice, why, now);
            }
            return null;
        });
        meters.counter("anban.notice.attempts", "channel", channel.name(), "state", state.word())
                .increment();
    }

    private Delivery deliver(Notice notice) throws InterruptedException {
        if (EmergencyNumbers.contains(notice.recipient().number())) {
            return Delivery.refused("emergency numbers are dialled by a person");
        }
        try {
            Delivery delivery = channel.send(notice);
            failuresInARow.updateAndGet(before -> delivery.outcome() == Outcome.SENT ? 0 : before + 1);
            return delivery;
        } catch (RuntimeException e) {
            LOG.warn("channel {} failed on notice {}", channel.name(), notice.id(), e);
            return Delivery.unknown("the channel failed: " + e.getClass().getSimpleName());
        }
    }

    private NoticeState after(Outcome outcome, Notice notice) {
        boolean last = notice.progress().attempts() >= config.attempts();
        return switch (outcome) {
            case SENT -> NoticeState.SENT;
            case REFUSED -> NoticeState.FAILED;
            case UNKNOWN -> last ? NoticeState.FAILED : NoticeState.UNKNOWN;
            case NOT_SENT -> last ? NoticeState.FAILED : NoticeState.READY;
        };
    }

    private Duration backOff(int attempts) {
        Duration doubled = config.backOff().multipliedBy(1L << Math.min(attempts - 1, 20));
        return doubled.compareTo(config.longestBackOff()) < 0 ? doubled : config.longestBackOff();
    }
}
