package org.anban.launcher.bench;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.anban.simulator.broker.Mosquitto;
import org.anban.simulator.load.LoadCredential;
import org.anban.simulator.load.LoadSubscriber;

/** Debian's Mosquitto with one QoS 1 subscriber that stores nothing. */
final class MosquittoTarget implements IngestTarget {
    private final Mosquitto mosquitto = Mosquitto.start();
    private final LoadSubscriber subscriber;

    MosquittoTarget() throws InterruptedException {
        subscriber = LoadSubscriber.connect(
                "127.0.0.1",
                mosquitto.port(),
                LoadCredential.anonymous("subscriber"),
                "care/v1/+/telemetry",
                Duration.ofSeconds(10));
    }

    @Override
    public String name() {
        return "mosquitto";
    }

    @Override
    public int port() {
        return mosquitto.port();
    }

    @Override
    public Duration cpu() {
        return mosquitto.cpu();
    }

    @Override
    public List<LoadCredential> credentials() {
        return IntStream.range(0, 4_000)
                .mapToObj(i -> LoadCredential.anonymous("load-" + i))
                .toList();
    }

    /** A message of QoS 1 is done with when the subscriber has it and Mosquitto has read that it has. */
    @Override
    public void awaitDone(long acknowledged, Duration within) {
        if (!subscriber.awaitSettled(acknowledged, within)) {
            throw new IllegalStateException("mosquitto delivered " + subscriber.received() + " of " + acknowledged);
        }
    }

    @Override
    public void close() {
        subscriber.close();
        mosquitto.close();
    }
}
