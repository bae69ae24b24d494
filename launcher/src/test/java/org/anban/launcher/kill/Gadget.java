package org.anban.launcher.kill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.anban.launcher.kill.Acknowledged.Alarm;
import org.anban.launcher.kill.Acknowledged.Reading;

/**
 * A device as it is in a home: measures at its own pace, keeps what was not acknowledged and sends the same bytes again
 * after it has found a connection. It knows several doors and tries one after the other.
 */
final class Gadget implements AutoCloseable {
    private static final int IN_FLIGHT = 8;
    private static final int MOST_WAITING = 40;
    private static final int LONGEST_WAIT_MILLIS = 100;

    private final String device;
    private final String key;
    private final List<Integer> doors;
    private final long everyNanos;
    private final Acknowledged told;
    private final Random random;
    private final ConcurrentLinkedQueue<Alarm> pressed = new ConcurrentLinkedQueue<>();
    private final Deque<Outgoing> waiting = new ArrayDeque<>();
    private final Map<Integer, Outgoing> inFlight = new LinkedHashMap<>();
    private final Thread thread;
    private volatile boolean closing;
    private volatile boolean silent;
    private volatile boolean done;
    private boolean granted;
    private int door;
    private int lastPacketId;
    private long lastAtMillis;
    private long dueNanos = System.nanoTime();

    private record Outgoing(String leaf, byte[] payload, Runnable acknowledged) {}

    /**
     * @param doors MQTT ports
     * @param everyMillis between two readings; 0 for none
     */
    Gadget(Map.Entry<String, String> deviceAndKey, List<Integer> doors, int everyMillis, Acknowledged told) {
        this.device = deviceAndKey.getKey();
        this.key = deviceAndKey.getValue();
        this.doors = doors;
        this.everyNanos = TimeUnit.MILLISECONDS.toNanos(everyMillis);
        this.told = told;
        this.random = new Random(device.hashCode());
        this.thread = new Thread(this::live, "gadget-" + device);
        thread.setDaemon(true);
        thread.start();
    }

    String device() {
        return device;
    }

    /** An alarm; answers its id. Not after {@link #fallSilent}. */
    Alarm press(String type) {
        Alarm alarm = new Alarm(device, type, type + "-" + UUID.randomUUID());
        pressed.add(alarm);
        return alarm;
    }

    /** Measures no more, but goes on sending what it has. */
    void fallSilent() {
        silent = true;
    }

    /** Whether it fell silent and everything that it ever wanted to send was acknowledged. */
    boolean isDone() {
        return done;
    }

    private void live() {
        while (!closing) {
            try (Wire wire = Wire.open(doors.get(door))) {
                greet(wire);
                resend(wire);
                while (!closing) {
                    turn(wire);
                }
            } catch (IOException e) {
                door = (door + 1) % doors.size();
                measure();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50 + random.nextInt(150)));
            }
        }
    }

    private void greet(Wire wire) throws IOException {
        Wire.Welcome welcome = wire.connect(device, key);
        told.answered(welcome.code());
        if (welcome.code() != 0) {
            throw new IOException("refused with " + welcome.code());
        }
        if (granted && !welcome.sessionPresent()) {
            told.sessionLost();
        }
        granted = true;
    }

    private void resend(Wire wire) throws IOException {
        for (Map.Entry<Integer, Outgoing> each : new HashMap<>(inFlight).entrySet()) {
            told.repeated();
            wire.publish(
                    topic(each.getValue()), each.getKey(), true, each.getValue().payload());
        }
    }

    private void turn(Wire wire) throws IOException {
        boolean wasSilent = silent;
        measure();
        while (inFlight.size() < IN_FLIGHT && !waiting.isEmpty()) {
            Outgoing next = waiting.removeFirst();
            int id = freePacketId();
            inFlight.put(id, next);
            wire.publish(topic(next), id, false, next.payload());
        }
        long left = everyNanos == 0 ? Long.MAX_VALUE : TimeUnit.NANOSECONDS.toMillis(dueNanos - System.nanoTime());
        int acknowledged = wire.acknowledged((int) Math.min(LONGEST_WAIT_MILLIS, left));
        Outgoing sent = inFlight.remove(acknowledged);
        if (sent != null) {
            sent.acknowledged().run();
        } else if (acknowledged >= 0) {
            throw new IOException("acknowledged what was not sent: " + acknowledged);
        }
        done = wasSilent && pressed.isEmpty() && waiting.isEmpty() && inFlight.isEmpty();
    }

    private void measure() {
        for (Alarm alarm = pressed.poll(); alarm != null; alarm = pressed.poll()) {
            Alarm one = alarm;
            String body =
                    "{\"id\":\"%s\",\"type\":\"%s\",\"at\":\"%s\"}".formatted(one.id(), one.type(), Instant.now());
            waiting.addFirst(new Outgoing("event", body.getBytes(StandardCharsets.UTF_8), () -> told.add(one)));
        }
        if (everyNanos == 0 || silent || System.nanoTime() < dueNanos || waiting.size() >= MOST_WAITING) {
            return;
        }
        dueNanos = Math.max(dueNanos, System.nanoTime() - everyNanos) + everyNanos;
        lastAtMillis = Math.max(lastAtMillis + 1, System.currentTimeMillis());
        Reading reading = new Reading(device, lastAtMillis);
        String body = "{\"at\":\"%s\",\"heartRate\":%d}"
                .formatted(Instant.ofEpochMilli(reading.atMillis()), reading.heartRate());
        waiting.addLast(new Outgoing("telemetry", body.getBytes(StandardCharsets.UTF_8), () -> told.add(reading)));
    }

    private int freePacketId() {
        do {
            lastPacketId = lastPacketId % 0xFFFF + 1;
        } while (inFlight.containsKey(lastPacketId));
        return lastPacketId;
    }

    private String topic(Outgoing message) {
        return "care/v1/" + device + "/" + message.leaf();
    }

    @Override
    public void close() {
        closing = true;
    }
}
