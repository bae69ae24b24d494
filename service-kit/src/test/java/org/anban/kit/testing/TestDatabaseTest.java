package org.anban.kit.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import org.junit.jupiter.api.Test;

class TestDatabaseTest {
    @Test
    void eachTestHasADatabaseOfItsOwn() throws Exception {
        try (TestDatabase one = TestDatabase.create();
                TestDatabase other = TestDatabase.create()) {
            one.database().inTransaction(handle -> handle.execute("create table mine (id int)"));

            String tables = "select count(*) from pg_tables where schemaname = 'public'";
            int inOther = other.database()
                    .inTransaction(handle ->
                            handle.createQuery(tables).mapTo(Integer.class).one());
            assertThat(inOther).isZero();
        }
    }

    @Test
    void aClosedDatabaseIsGone() {
        TestDatabase database = TestDatabase.create();
        database.close();

        assertThatThrownBy(() -> DriverManager.getConnection(
                                database.config().url(),
                                database.config().user(),
                                database.config().password())
                        .close())
                .hasMessageContaining("does not exist");
    }
}
