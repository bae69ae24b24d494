package org.anban.launcher.journey;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.anban.kit.testing.Eventually;

/** A console without a browser: reads the live stream, keeps everything, and confirms when it is told to. */
public final class LiveConsole implements AutoCloseable {
    private record Event(String name, JsonObject data) {}

    private final Caller who;
    private final InputStream stream;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final AtomicLong confirmed = new AtomicLong();

    private LiveConsole(Caller who) {
        this.who = who;
        this.stream = who.stream("/incidents/stream");
        Thread reader = new Thread(this::read, "live-console");
        reader.setDaemon(true);
        reader.start();
    }

    /** Connected, with its open set and its first beat read; not yet confirmed. */
    static LiveConsole connect(Caller who) {
        LiveConsole console = new LiveConsole(who);
        console.await("beat", beat -> true);
        return console;
    }

    /** The first event of that name that fits; waits for it. */
    public JsonObject await(String name, Predicate<JsonObject> fits) {
        Eventually.until("an event " + name, () -> all(name).stream().anyMatch(fits));
        return all(name).stream().filter(fits).findFirst().orElseThrow();
    }

    /** Everything of that name so far. */
    public List<JsonObject> all(String name) {
        return events.stream()
                .filter(event -> event.name().equals(name))
                .map(Event::data)
                .toList();
    }

    /** What the queue of this console shows of an incident. */
    public JsonObject awaitChange(String incident, Predicate<JsonObject> fits) {
        return await("change", row -> row.getString("id").equals(incident) && fits.test(row));
    }

    public void awaitRing(String incident) {
        await("ring", ring -> ring.getString("id").equals(incident));
    }

    /** How often it was rung for an incident. */
    public long rings(String incident) {
        return all("ring").stream()
                .filter(ring -> ring.getString("id").equals(incident))
                .count();
    }

    /** Answers a beat. */
    public void confirm() {
        String id = await("hello", hello -> true).getString("streamId");
        who.post("/incidents/stream/" + id + "/confirm", new JsonObject().put("n", confirmed.incrementAndGet()));
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            String name = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event:")) {
                    name = line.substring("event:".length()).strip();
                } else if (line.startsWith("data:")) {
                    events.add(new Event(name, new JsonObject(line.substring("data:".length()))));
                }
            }
        } catch (IOException e) {
            events.add(new Event("lost", new JsonObject()));
        }
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
