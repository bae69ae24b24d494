package org.anban.gateway.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.anban.contracts.event.DeviceReport;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.LogEntry;
import org.anban.contracts.event.ReportKind;
import org.anban.contracts.subject.SubjectId;
import org.anban.kit.testing.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A device's last will: one event that says that its connection was lost, or none. */
@Timeout(120)
class WillTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String OLD = "10 [ \"MQTT\" 04 C6 003C \"dev\" %s \"dev\" $key ]";
    /** Session expiry 300 s, will delay 100 s. */
    private static final String PATIENT =
            "10 [ \"MQTT\" 05 C4 003C ( 1701 110000012C ) \"dev\" ( 1800000064 ) $status \"gone\" \"dev\" $key ]";

    private final PacketTables tables = new PacketTables();

    @AfterEach
    void stop() {
        tables.close();
    }

    private RawClient connected(String connect, String answer) throws Exception {
        RawClient client = RawClient.open(tables.gateway().port(), 5);
        client.send(tables.bytes(connect));
        assertThat(client.next()).startsWith(answer);
        return client;
    }

    private List<LogEntry> lost() {
        try {
            return tables.gateway().logged(Lane.TELEMETRY, "dev").stream()
                    .filter(e ->
                            e.event() instanceof DeviceReport report && report.kind() == ReportKind.CONNECTION_LOST)
                    .toList();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitLosses(int number) {
        Eventually.until("told of " + number, LIMIT, () -> lost().size() == number);
    }

    /** After this, everything that a connection of the device's could cause has been caused. */
    private void loseOneMore() throws Exception {
        connected(OLD.formatted("$event \"x\""), "20").close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"$status \"offline\"", "$event 000E '{\"type\":\"sos\"}'", "$telemetry \"\""})
    void aLostConnectionIsOneEventWhateverTheWillSays(String will) throws Exception {
        String connect = OLD.formatted(will);
        connected(connect, "20").close();
        awaitLosses(1);
        assertThat(lost().get(0).subject()).isEqualTo(SubjectId.resident("r-dev"));
        assertThat(tables.gateway().logged(Lane.ALARM, "dev"))
                .as("never an alarm")
                .isEmpty();
    }

    @Test
    void aDeviceThatSaysGoodbyeIsNotLost() throws Exception {
        try (RawClient client = connected(OLD.formatted("$status \"x\""), "20")) {
            client.send(RawClient.DISCONNECT);
            assertThat(client.next()).isEqualTo("closed");
        }
        loseOneMore();
        awaitLosses(1);
    }

    @Test
    void aDeviceWithoutAWillIsNotToldOf() throws Exception {
        RawClient.connected(tables.gateway().port(), 4, "dev", tables.key()).close();
        loseOneMore();
        awaitLosses(1);
    }

    @Test
    void aGoodbyeThatAsksForTheWillIsALoss() throws Exception {
        String connect = "10 [ \"MQTT\" 05 C6 003C ( 1700 ) \"dev\" () $status \"gone\" \"dev\" $key ]";
        try (RawClient client = connected(connect, "200000")) {
            client.send(tables.bytes("E0 [ 04 ]"));
            assertThat(client.next()).isEqualTo("closed");
        }
        awaitLosses(1);
    }

    @Test
    void whoBreaksTheProtocolIsLost() throws Exception {
        try (RawClient client = connected(OLD.formatted("$status \"x\""), "20")) {
            client.send(tables.bytes("D0 00"));
            assertThat(client.next()).isEqualTo("closed");
        }
        awaitLosses(1);
    }

    @Test
    void aDeviceThatComesBackInTimeWasNeverLost() throws Exception {
        connected(PATIENT, "200000").close();
        try (RawClient client = connected(PATIENT, "200100")) {
            client.send(RawClient.DISCONNECT);
            assertThat(client.next()).isEqualTo("closed");
        }
        loseOneMore();
        awaitLosses(1);
    }

    @Test
    void aTakeOverOfAPatientSessionIsNoLoss() throws Exception {
        try (RawClient first = connected(PATIENT, "200000");
                RawClient second = connected(PATIENT, "200100")) {
            assertThat(first.next()).startsWith("e08e");
            second.send(RawClient.DISCONNECT);
            assertThat(second.next()).isEqualTo("closed");
        }
        loseOneMore();
        awaitLosses(1);
    }

    @Test
    void aNewSessionEndsTheOneWhoseWillWaits() throws Exception {
        connected(PATIENT, "200000").close();
        try (RawClient client = RawClient.connected(tables.gateway().port(), 5, "dev", tables.key())) {
            awaitLosses(1);
            client.send(RawClient.DISCONNECT);
            assertThat(client.next()).isEqualTo("closed");
        }
    }

    @Test
    void aWillWaitsNoLongerThanItsSession() throws Exception {
        connected(PATIENT.replace("0000012C", "00000001"), "200000").close();
        awaitLosses(1);
    }

    @Test
    void whatWaitsWhenTheGatewayStopsIsTold() throws Exception {
        connected(PATIENT, "200000").close();
        RawClient stays = RawClient.open(tables.gateway().port(), 5);
        Eventually.until("it is noticed", LIMIT, this::isDetached);
        tables.gateway().restart();
        awaitLosses(1);
        stays.close();
    }

    private boolean isDetached() {
        return tables.gateway().database().database().inTransaction(handle -> handle.createQuery(
                        "select not connected from gateway.mqtt_session where device = 'dev'")
                .mapTo(Boolean.class)
                .one());
    }

    @Test
    void aConnectionThatWeEndBecauseWeStopIsNotLost() throws Exception {
        try (RawClient client = connected(OLD.formatted("$status \"x\""), "20")) {
            tables.gateway().restart();
            assertThat(client.next()).isEqualTo("closed");
        }
        loseOneMore();
        awaitLosses(1);
    }
}
