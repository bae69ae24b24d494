package org.anban.gateway.setaside;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.anban.kit.testing.SettableTime;
import org.anban.kit.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SetAsidesTest {
    private final TestDatabase test = TestDatabase.create();
    private final SettableTime time = new SettableTime(Instant.parse("2026-01-05T00:00:00Z"));
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @BeforeEach
    void migrate() {
        test.database().migrate("gateway");
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void countsAddUpOverRestartsAndKeepAnExample() {
        for (int round = 0; round < 2; round++) {
            try (SetAsides setAsides = SetAsides.open(test.database(), time, metrics)) {
                byte[] payload = ("{\"heartRate\":\u0000" + "x".repeat(600)).getBytes(StandardCharsets.UTF_8);
                setAsides.count("w-1", Reason.UNPARSEABLE, payload, payload.length);
                setAsides.count("w-1", Reason.UNPARSEABLE, payload, payload.length);
                setAsides.count("w-2", Reason.WRONG_KEY, "guess");
            }
        }
        List<SetAsideStore.Row> rows = new SetAsideStore(test.database()).list("w-1", 10);
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).count()).isEqualTo(4);
        assertThat(rows.get(0).lastExample()).hasSize(500).startsWith("{\"heartRate\":");
        assertThat(new SetAsideStore(test.database()).list(null, 10)).hasSize(2);
        assertThat(metrics.counter("anban.gateway.set.aside", "reason", "unparseable")
                        .count())
                .isEqualTo(4);
    }

    @Test
    void aHundredThousandInventedNamesTakeNoMoreRoomThanThereIs() {
        try (SetAsides setAsides = SetAsides.open(test.database(), time, metrics)) {
            for (int i = 0; i < 100_000; i++) {
                setAsides.unknownField("W1", "field-" + i);
            }
        }
        long fields = test.database()
                .inTransaction(handle -> handle.createQuery("select count(*) from gateway.unknown_field")
                        .mapTo(Long.class)
                        .one());
        assertThat(fields).isLessThan(20_000);
        long all = test.database()
                .inTransaction(handle -> handle.createQuery("select sum(count) from gateway.unknown_field")
                        .mapTo(Long.class)
                        .one());
        assertThat(all).isEqualTo(100_000);
    }

    @Test
    void aModelThatInventsFieldsForeverFillsNoTable() {
        for (int round = 0; round < 3; round++) {
            try (SetAsides setAsides = SetAsides.open(test.database(), time, metrics)) {
                for (int i = 0; i < 400; i++) {
                    setAsides.unknownField("W1", "field-" + (round * 400 + i));
                }
                setAsides.unknownField("W1", "field-7");
                setAsides.unknownField("W2", "ofAnotherModel");
            }
        }
        assertThat(fields("count(*)", "model = 'W1'")).isEqualTo(501);
        assertThat(fields("sum(count)", "model = 'W1'")).isEqualTo(1_203);
        assertThat(fields("sum(count)", "field = 'field-7'")).isEqualTo(4);
        assertThat(fields("sum(count)", "model = 'W2'")).isEqualTo(3);
    }

    private long fields(String what, String which) {
        return test.database().inTransaction(handle -> handle.createQuery(
                        "select " + what + " from gateway.unknown_field where " + which)
                .mapTo(Long.class)
                .one());
    }
}
