package org.anban.simulator.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import org.anban.simulator.broker.Mosquitto;
import org.junit.jupiter.api.Test;

final class MosquittoComparisonTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void mosquittoAcknowledgesEveryMessageAndTheSubscriberTakesEachOne() throws Exception {
        assumeTrue(Mosquitto.program().isPresent(), "skipped: mosquitto is not installed");
        try (Mosquitto broker = Mosquitto.start();
                LoadSubscriber subscriber = LoadSubscriber.connect(
                        "127.0.0.1", broker.port(), LoadCredential.anonymous("sink"), "care/v1/+/telemetry", SOON);
                LoadClient client =
                        LoadClient.connect(LoadClientTest.plan(broker.port(), new LoadShape("s", 50, 10), 1), SOON)) {
            LoadResult result = client.publish(LoadBudget.unpaced(20_000, SOON));

            assertThat(result.complete()).as(result.toString()).isTrue();
            assertThat(subscriber.awaitReceived(20_000, SOON)).isTrue();
            assertThat(subscriber.received()).isEqualTo(20_000);
            assertThat(broker.cpu()).isPositive();
        }
    }
}
