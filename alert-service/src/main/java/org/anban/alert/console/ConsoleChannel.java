package org.anban.alert.console;

import io.vertx.core.json.JsonObject;
import java.util.Collection;
import org.anban.alert.notice.Channel;
import org.anban.alert.notice.Delivery;
import org.anban.alert.notice.Notice;

/** Rings the consoles that are connected to this instance; other instances ring theirs. */
public final class ConsoleChannel implements Channel {
    private final LiveStreams streams;

    public ConsoleChannel(LiveStreams streams) {
        this.streams = streams;
    }

    @Override
    public String name() {
        return CONSOLE;
    }

    @Override
    public Collection<String> within() {
        return streams.people();
    }

    @Override
    public Delivery send(Notice notice) {
        JsonObject ring = new JsonObject()
                .put("id", notice.incidentId())
                .put("priority", notice.matter().priority().name())
                .put("text", notice.text())
                .put("notice", notice.id());
        return streams.ring(notice.recipient().id(), ring)
                ? Delivery.sent("rung")
                : Delivery.notSent("the console is gone");
    }
}
