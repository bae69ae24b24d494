package org.anban.simulator.player;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.anban.simulator.SimulatorException;
import org.anban.simulator.recording.RecordedMessage;
import org.anban.simulator.recording.Recording;

/**
 * Plays a recording through a device. Speed shortens the waits between messages and nothing else: each message carries
 * the time at which it is really sent, so that a day in five minutes is neither late nor in the future. What a rule
 * counts in minutes therefore takes as many minutes at any speed. Never more than {@value #MOST_PER_SECOND} messages a
 * second, which is below what a device may send.
 */
public final class Replay {
    private static final int MOST_PER_SECOND = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What the messages say of the time. */
    public enum Times {
        /** The recording begins now; messages carry the time of their sending. */
        FROM_NOW,
        /** The recording ends now; messages carry the times that they then have, like those of a device long offline. */
        UNTIL_NOW
    }

    /** @param refused messages that the gateway did not take, in its words */
    public record Outcome(int sent, int acknowledged, List<String> refused) {
        public Outcome {
            refused = List.copyOf(refused);
        }
    }

    private final InstantSource time;
    private final double speed;
    private final Times times;

    public Replay(InstantSource time, double speed, Times times) {
        if (!(speed > 0 && speed <= 1e6)) {
            throw new SimulatorException("a speed is above 0 and at most 1000000, not " + speed);
        }
        this.time = time;
        this.speed = speed;
        this.times = times;
    }

    /** How long it takes at least. */
    public Duration length(Recording recording) {
        double seconds =
                Math.max(recording.seconds() / speed, recording.messages().size() / (double) MOST_PER_SECOND);
        return Duration.ofMillis((long) (seconds * 1_000));
    }

    /**
     * @param progress told how many were sent so far
     * @throws SimulatorException when acknowledgements do not come in time
     */
    public Outcome play(Recording recording, DevicePlayer player, LongConsumer progress) {
        long begin = System.nanoTime();
        Instant end = time.instant();
        Instant last = Instant.MIN;
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        long earliest = begin;
        for (RecordedMessage message : recording.messages()) {
            waitUntil(Math.max(earliest, begin + (long) (message.seconds() / speed * 1e9)));
            earliest = System.nanoTime() + TimeUnit.SECONDS.toNanos(1) / MOST_PER_SECOND;
            Instant at = times == Times.FROM_NOW
                    ? time.instant()
                    : end.minusMillis((long) ((recording.seconds() - message.seconds()) * 1_000));
            last = at.isAfter(last) ? at : last.plusMillis(1);
            answers.add(player.say(message.leaf(), payload(message, last)));
            progress.accept(answers.size());
        }
        return outcome(answers);
    }

    private static byte[] payload(RecordedMessage message, Instant at) {
        ObjectNode payload = message.payload().deepCopy();
        payload.put("at", at.toString());
        if (message.leaf().equals("event")) {
            payload.put("id", UUID.randomUUID().toString());
        }
        return payload.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Outcome outcome(List<CompletableFuture<Void>> answers) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<String> refused = new ArrayList<>();
        int acknowledged = 0;
        for (CompletableFuture<Void> answer : answers) {
            while (!answer.isDone() && System.nanoTime() - deadline < 0) {
                LockSupport.parkNanos(5_000_000);
            }
            if (!answer.isDone()) {
                throw new SimulatorException((answers.size() - acknowledged - refused.size()) + " of " + answers.size()
                        + " messages were not acknowledged within " + PATIENCE.toSeconds() + " s");
            }
            try {
                answer.join();
                acknowledged++;
            } catch (CompletionException e) {
                refused.add(
                        String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()));
            }
        }
        return new Outcome(answers.size(), acknowledged, refused);
    }

    private static void waitUntil(long nanos) {
        long left = nanos - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new SimulatorException("interrupted");
            }
            left = nanos - System.nanoTime();
        }
    }
}
