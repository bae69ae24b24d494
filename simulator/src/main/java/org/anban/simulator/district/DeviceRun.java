package org.anban.simulator.district;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.anban.simulator.payload.Payloads;
import org.anban.simulator.wire.DeviceLink;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A device's voice on its connection. Its turns follow each other, so nothing here runs twice at once but close. */
final class DeviceRun implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceRun.class);
    private static final Duration THINKING = Duration.ofSeconds(1);
    private static final JsonMapper JSON = new JsonMapper();

    /** What all devices share. */
    record Surroundings(
            InstantSource time, DistrictClock clock, DistrictMemory memory, ScheduledExecutorService executor) {}

    private final DeviceVoice voice;
    private final Surroundings around;
    private final Function<DeviceRun, DeviceLink> connector;
    private final AtomicReference<@Nullable DeviceLink> link = new AtomicReference<>();
    private volatile boolean closed;

    DeviceRun(DeviceVoice voice, Surroundings around, Function<DeviceRun, DeviceLink> connector) {
        this.voice = voice;
        this.around = around;
        this.connector = connector;
    }

    void start(Duration delay, List<Message> first) {
        later(delay, () -> {
            send(first);
            turn();
        });
    }

    boolean connected() {
        DeviceLink current = link.get();
        return current != null && current.connected();
    }

    /** Answers a command, as a watch does that has shown it to its wearer. */
    void command(byte[] payload) {
        try {
            JsonNode id = JSON.readTree(payload).path("id");
            if (id.isTextual()) {
                later(
                        THINKING,
                        () -> send(List.of(new Message(
                                "reply",
                                Payloads.reply(
                                        id.asText(), "done", around.time().instant())))));
            }
        } catch (IOException e) {
            LOG.warn("{} got a command that is no JSON", voice.device().id());
        }
    }

    @Override
    public void close() {
        closed = true;
        hangUp();
    }

    private void turn() {
        Duration pause = voice.every();
        try {
            Instant now = around.time().instant();
            send(voice.turn(now, around.clock().moment(now)));
            if (voice.withoutNetwork(now)) {
                hangUp();
            } else {
                around.memory().spoke(voice.device().id(), now);
            }
            pause = voice.untilNext(now);
        } catch (RuntimeException e) {
            LOG.warn("{} missed a turn", voice.device().id(), e);
        }
        later(pause, this::turn);
    }

    private void send(List<Message> messages) {
        if (closed || messages.isEmpty()) {
            return;
        }
        DeviceLink current = link.get();
        if (current == null) {
            current = connector.apply(this);
            link.set(current);
            if (closed) {
                hangUp();
                return;
            }
        }
        for (Message message : messages) {
            current.send(message.leaf(), message.payload()).exceptionally(refused -> {
                if (!closed) {
                    LOG.debug("{}", refused.getMessage());
                }
                return null;
            });
        }
    }

    private void hangUp() {
        DeviceLink current = link.getAndSet(null);
        if (current != null) {
            current.close();
        }
    }

    private void later(Duration pause, Runnable step) {
        try {
            around.executor().schedule(step, Math.max(0, pause.toMillis()), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("{} stops", voice.device().id());
        }
    }
}
