package org.anban.alert.console;

import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.anban.contracts.access.Principal;
import org.anban.kit.database.Database;
import org.anban.kit.http.EventStream;

/** A console at the other end of a live stream; it keeps what it was sent. */
public final class TestConsole implements EventStream {
    /** One event. */
    public record Event(String name, JsonObject data) {}

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final List<Runnable> onClose = new CopyOnWriteArrayList<>();
    private volatile boolean open = true;
    private volatile String streamId = "";
    private volatile long beat;

    public static TestConsole connect(LiveStreams streams, Principal who) {
        TestConsole console = new TestConsole();
        streams.open(who, "token-" + who.personId(), console);
        return console;
    }

    /** The person says whether they may be rung. */
    public static void onDuty(Database database, InstantSource time, Principal who, boolean onDuty) {
        new ConsoleDesk(database, time, new ConsoleStore()).duty(who, onDuty);
    }

    /** Answers the newest beat. */
    public void confirm(Database database, InstantSource time, Principal who) {
        new ConsoleDesk(database, time, new ConsoleStore()).confirm(who, streamId, beat);
    }

    @Override
    public boolean send(String event, JsonObject data) {
        if (!open) {
            return false;
        }
        if (event.equals("hello")) {
            streamId = data.getString("streamId");
        }
        if (event.equals("beat")) {
            beat = data.getLong("n");
        }
        events.add(new Event(event, data));
        return true;
    }

    public String streamId() {
        return streamId;
    }

    /** The number of the newest beat. */
    public long beat() {
        return beat;
    }

    /** The next event besides beats; fails if none comes within ten seconds. */
    public Event next() throws InterruptedException {
        while (true) {
            Event event = events.poll(10, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("no event came");
            }
            if (!event.name().equals("beat")) {
                return event;
            }
        }
    }

    /** Everything that has come by now of one name. */
    public List<JsonObject> drain(String name) {
        List<Event> all = new ArrayList<>();
        events.drainTo(all);
        return all.stream().filter(e -> e.name().equals(name)).map(Event::data).toList();
    }

    @Override
    public void onClose(Runnable action) {
        onClose.add(action);
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
        onClose.forEach(Runnable::run);
    }
}
