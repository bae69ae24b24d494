package org.anban.simulator.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.anban.simulator.SimulatorException;
import org.anban.simulator.payload.BenchPayloads;
import org.junit.jupiter.api.Test;

final class LoadClientTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final List<byte[]> PAYLOADS = BenchPayloads.plain(16, Instant.parse("2026-01-05T00:00:00Z"), 1);

    @Test
    void everyMessageOfARoundIsSentOnceAndAcknowledged() throws Exception {
        try (AckSink sink = new AckSink(Integer.MAX_VALUE, 0);
                LoadClient client = LoadClient.connect(plan(sink.port(), new LoadShape("small", 7, 5), 2), SOON)) {
            LoadResult result = client.publish(LoadBudget.unpaced(10_001, SOON));

            assertThat(result.complete()).as(result.toString()).isTrue();
            assertThat(result.acknowledged()).isEqualTo(10_001);
            assertThat(sink.published).hasValue(10_001);
            assertThat(result.pubackNanos().getTotalCount()).isEqualTo(10_001);
            assertThat(result.ownCpu()).isPositive();
        }
    }

    @Test
    void connectionsServeSeveralRounds() throws Exception {
        try (AckSink sink = new AckSink(Integer.MAX_VALUE, 0);
                LoadClient client = LoadClient.connect(plan(sink.port(), new LoadShape("small", 3, 1), 1), SOON)) {
            client.publish(LoadBudget.unpaced(500, SOON));
            LoadResult second = client.publish(LoadBudget.unpaced(700, SOON));

            assertThat(second.acknowledged()).isEqualTo(700);
            assertThat(client.connections()).isEqualTo(3);
        }
    }

    @Test
    void aPacedRoundKeepsItsRateAndServesEveryConnection() throws Exception {
        try (AckSink sink = new AckSink(Integer.MAX_VALUE, 0);
                LoadClient client = LoadClient.connect(plan(sink.port(), new LoadShape("small", 10, 2), 1), SOON)) {
            LoadResult result = client.publish(new LoadBudget(600, SOON, 1_000));

            assertThat(result.acknowledged()).isEqualTo(600);
            assertThat(result.elapsed()).isGreaterThan(Duration.ofMillis(400));
        }
    }

    @Test
    void aRoundEndsWhenItsTimeIsOver() throws Exception {
        try (AckSink sink = new AckSink(Integer.MAX_VALUE, 0);
                LoadClient client = LoadClient.connect(plan(sink.port(), new LoadShape("small", 2, 2), 1), SOON)) {
            LoadResult result = client.publish(new LoadBudget(Long.MAX_VALUE, Duration.ofMillis(300), 500));

            assertThat(result.sent()).isPositive().isEqualTo(result.acknowledged());
            assertThat(result.elapsed()).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void lostConnectionsAreCountedAndEndTheRound() throws Exception {
        try (AckSink sink = new AckSink(50, 0);
                LoadClient client = LoadClient.connect(plan(sink.port(), new LoadShape("small", 2, 1), 1), SOON)) {
            LoadResult result = client.publish(LoadBudget.unpaced(100_000, SOON));

            assertThat(result.complete()).isFalse();
            assertThat(result.lostConnections()).isEqualTo(2);
            assertThat(result.problems()).first().asString().contains("closed by the other side");
            assertThat(result.elapsed()).isLessThan(SOON);
        }
    }

    @Test
    void aRefusedConnectionIsOneClearLine() {
        try (AckSink sink = new AckSink(Integer.MAX_VALUE, 5)) {
            assertThatThrownBy(() -> LoadClient.connect(plan(sink.port(), new LoadShape("small", 2, 1), 1), SOON))
                    .isInstanceOf(SimulatorException.class)
                    .hasMessageContaining("refused with return code 5");
        }
    }

    @Test
    void aLimitOfOpenFilesIsNamedBeforeAnythingIsOpened() {
        LoadLoops.checkOpenFiles(100, 20, 120);
        assertThatThrownBy(() -> LoadLoops.checkOpenFiles(4_256, 80, 1_024))
                .isInstanceOf(SimulatorException.class)
                .hasMessageContaining("1024")
                .hasMessageContaining("ulimit -n");
    }

    static LoadPlan plan(int port, LoadShape shape, int threads) {
        List<LoadCredential> devices = IntStream.range(0, shape.connections())
                .mapToObj(i -> new LoadCredential("load-" + i, "key"))
                .toList();
        return new LoadPlan("127.0.0.1", port, shape, devices, PAYLOADS, threads);
    }
}
