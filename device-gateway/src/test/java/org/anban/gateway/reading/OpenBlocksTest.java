package org.anban.gateway.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.anban.contracts.event.EventTime;
import org.anban.contracts.event.Readings;
import org.anban.contracts.event.Signal;
import org.anban.contracts.event.SignalValues;
import org.anban.contracts.subject.SubjectId;
import org.junit.jupiter.api.Test;

class OpenBlocksTest {
    private static final Instant NOON = Instant.parse("2026-01-05T04:00:00Z");

    private final Series mother = new Series(SubjectId.resident("r-1"), 1, 1);
    private final Series father = new Series(SubjectId.resident("r-2"), 2, 2);

    @Test
    void aSeriesKeepsNoBlockOfATransactionThatIsOver() {
        try (OpenBlocks blocks = new OpenBlocks()) {
            blocks.add(mother, heartRate(NOON));
            blocks.add(father, heartRate(NOON));
            blocks.add(mother, heartRate(NOON.plusSeconds(4_000)));
            assertThat(mother.last()).isNotNull();
        }
        assertThat(mother.last()).isNull();
        assertThat(father.last()).isNull();
    }

    @Test
    void whatComesLaterGoesIntoABlockOfItsOwn() {
        try (OpenBlocks blocks = new OpenBlocks()) {
            blocks.add(mother, heartRate(NOON));
        }
        try (OpenBlocks blocks = new OpenBlocks()) {
            blocks.add(mother, heartRate(NOON.plusSeconds(1)));
            blocks.add(mother, heartRate(NOON.plusSeconds(2)));
            assertThat(blocks.byDay().values()).singleElement().satisfies(day -> assertThat(day)
                    .singleElement()
                    .satisfies(block -> assertThat(block.body().count()).isEqualTo(2)));
        }
    }

    private static Readings heartRate(Instant at) {
        return new Readings(EventTime.received(at), SignalValues.of(Map.of(Signal.HEART_RATE, 70.0)), null);
    }
}
