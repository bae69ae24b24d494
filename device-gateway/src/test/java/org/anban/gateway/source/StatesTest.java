package org.anban.gateway.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.anban.contracts.event.ReportKind;
import org.junit.jupiter.api.Test;

class StatesTest {
    private static final Instant NOW = Instant.parse("2026-01-05T00:00:00Z");

    private final States states = new States();

    @Test
    void aStateIsReportedUntilOneReportIsDurable() {
        assertThat(tell("smoke", ReportKind.SMOKE, 0)).isNotNull();
        States.Told second = tell("smoke", ReportKind.SMOKE, 1);
        assertThat(second).as("the first may be lost").isNotNull();
        second.durable();
        assertThat(tell("smoke", ReportKind.SMOKE, 2)).isNull();
        assertThat(tell("tamper", ReportKind.TAMPER, 2)).isNotNull();
    }

    @Test
    void aStateThatEndedBeforeItsReportWasDurableIsReportedWhenItBeginsAgain() {
        States.Told first = tell("smoke", ReportKind.SMOKE, 0);
        states.ended("smoke");
        first.durable();
        assertThat(tell("smoke", ReportKind.SMOKE, 1)).isNotNull();
    }

    @Test
    void whatLastsIsReportedAgainAfterAWhileAndADoorIsNot() {
        tell("smoke", ReportKind.SMOKE, 0).durable();
        assertThat(tell("smoke", ReportKind.SMOKE, 599)).isNull();
        tell("smoke", ReportKind.SMOKE, 600).durable();
        assertThat(tell("smoke", ReportKind.SMOKE, 601)).isNull();
        tell("contact", ReportKind.DOOR_OPENED, 0).durable();
        assertThat(tell("contact", ReportKind.DOOR_OPENED, 100_000)).isNull();
        States.Told closed = tell("contact", ReportKind.DOOR_CLOSED, 100_001);
        assertThat(tell("contact", ReportKind.DOOR_OPENED, 100_002)).isNotNull();
        closed.durable();
        assertThat(tell("contact", ReportKind.DOOR_CLOSED, 100_003))
                .as("it was opened since")
                .isNotNull();
    }

    private States.Told tell(String field, ReportKind kind, long second) {
        return states.tell(field, kind, NOW.plus(Duration.ofSeconds(second)));
    }
}
