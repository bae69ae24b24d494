package org.anban.kit.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.anban.contracts.error.CareException;
import org.anban.kit.testing.TestDatabase;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatabaseTest {
    private final TestDatabase test = TestDatabase.create();
    private final Database database = test.database();

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void whatIsThrownRollsTheTransactionBack() {
        database.inTransaction(handle -> handle.execute("create table kept (word text)"));

        assertThatThrownBy(() -> database.inTransaction(handle -> {
                    handle.execute("insert into kept values ('x')");
                    throw CareException.conflict("changed");
                }))
                .isInstanceOf(CareException.class)
                .hasMessage("changed");

        int rows = database.<Integer, RuntimeException>inTransaction(
                handle -> handle.createQuery("select count(*) from kept")
                        .mapTo(Integer.class)
                        .one());
        assertThat(rows).isZero();
    }

    @Test
    void aSessionThatIsCutMeansUnavailableAndTheNextOneWorks() {
        assertThatThrownBy(() -> database.inTransaction(
                        handle -> handle.execute("select pg_terminate_backend(pg_backend_pid())")))
                .isInstanceOfSatisfying(
                        CareException.class, e -> assertThat(e.kind()).isEqualTo(CareException.Kind.UNAVAILABLE));

        assertThat(database.<Integer, RuntimeException>inTransaction(handle ->
                        handle.createQuery("select 1").mapTo(Integer.class).one()))
                .isEqualTo(1);
    }

    @Test
    void aConfigurationInALogShowsNoPassword() {
        assertThat(test.config().toString()).doesNotContain(test.config().password());
    }

    @Test
    void aMistakeInSqlIsNotMistakenForAnOutage() {
        assertThatThrownBy(() -> database.inTransaction(handle -> handle.execute("select nothing")))
                .isInstanceOf(UnableToExecuteStatementException.class);
    }

    @Test
    void aServerThatIsNotThereIsUnavailableWithinTheCallersPatience() {
        DatabaseConfig nobody =
                new DatabaseConfig("jdbc:postgresql://127.0.0.1:1/none", "none", "none", 2, Duration.ofMillis(300));
        try (Database unreachable = Database.open(nobody)) {
            assertThatThrownBy(() -> unreachable.inTransaction(handle -> handle.execute("select 1")))
                    .isInstanceOfSatisfying(
                            CareException.class, e -> assertThat(e.kind()).isEqualTo(CareException.Kind.UNAVAILABLE));
            unreachable.notify("incidents");
            assertThat(unreachable.problem()).contains("the database does not answer");
            assertThat(database.problem()).isEmpty();
        }
    }
}
