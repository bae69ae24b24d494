package org.anban.simulator.load;

import java.time.Duration;
import java.util.Optional;
import org.anban.simulator.broker.Mosquitto;

/** Not a test: prints what the client itself costs, against a sink that only acknowledges and against Mosquitto. */
final class LoadMeasurement {
    private LoadMeasurement() {}

    public static void main(String[] arguments) throws Exception {
        long messages = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1_000_000;
        for (LoadShape shape : new LoadShape[] {LoadShape.PIPELINED, LoadShape.MANY}) {
            try (AckSink sink = new AckSink(Integer.MAX_VALUE, 0)) {
                measure("sink", sink.port(), shape, messages);
            }
            Optional<?> program = Mosquitto.program();
            if (program.isPresent()) {
                try (Mosquitto broker = Mosquitto.start();
                        LoadSubscriber subscriber = LoadSubscriber.connect(
                                "127.0.0.1",
                                broker.port(),
                                LoadCredential.anonymous("subscriber"),
                                "care/v1/+/telemetry",
                                Duration.ofSeconds(10))) {
                    measure("mosquitto", broker.port(), shape, messages / 4);
                    subscriber.awaitReceived(messages / 4 * 2, Duration.ofSeconds(30));
                    System.out.println("subscriber took " + subscriber.received());
                }
            }
        }
    }

    private static void measure(String what, int port, LoadShape shape, long messages) throws Exception {
        try (LoadClient client = LoadClient.connect(LoadClientTest.plan(port, shape, 1), Duration.ofSeconds(60))) {
            client.publish(LoadBudget.unpaced(messages, Duration.ofSeconds(60)));
            LoadResult result = client.publish(LoadBudget.unpaced(messages, Duration.ofSeconds(60)));
            System.out.println(what + " " + shape.name() + ": " + result + " " + result.problems());
        }
    }
}
