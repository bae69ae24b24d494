package org.anban.kit.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.anban.kit.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsumerPositionTest {
    private final TestDatabase test = TestDatabase.create();
    private final Database database = test.database();
    private final ConsumerPosition position = new ConsumerPosition("public.consumer_position", "store");

    @BeforeEach
    void createTable() {
        database.inTransaction(handle ->
                handle.execute("create table consumer_position (consumer text primary key, position bigint not null)"));
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void aNewConsumerBeginsAtZeroAndMoves() {
        assertThat(database.<Long, RuntimeException>inTransaction(position::read))
                .isZero();
        assertThat(advance(0, 7)).isTrue();
        assertThat(advance(7, 8)).isTrue();
        assertThat(database.<Long, RuntimeException>inTransaction(position::read))
                .isEqualTo(8);
    }

    @Test
    void whoeverWasOvertakenDoesNotMoveIt() {
        advance(0, 7);

        assertThat(advance(0, 3)).isFalse();
        assertThat(advance(5, 9)).isFalse();
        assertThat(database.<Long, RuntimeException>inTransaction(position::read))
                .isEqualTo(7);
    }

    @Test
    void twoConsumersDoNotMeet() {
        ConsumerPosition other = new ConsumerPosition("public.consumer_position", "detector");
        advance(0, 7);

        assertThat(database.<Long, RuntimeException>inTransaction(other::read)).isZero();
    }

    @Test
    void aTableIsAPlainName() {
        assertThatThrownBy(() -> new ConsumerPosition("public.x; --", "store"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private boolean advance(long from, long to) {
        return database.<Boolean, RuntimeException>inTransaction(handle -> position.advance(handle, from, to));
    }
}
