package org.anban.launcher.journey.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.anban.kit.database.DatabaseConfig;
import org.anban.kit.postgres.EmbeddedPostgres;
import org.anban.launcher.journey.District;
import org.anban.launcher.journey.LiveConsole;
import org.anban.launcher.journey.PahoDevice;
import org.anban.launcher.journey.PlainSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The database dies in the middle of everything, and comes back. */
@Timeout(180)
class LogDownJourneyTest {
    private static final String RESIDENT = "resident:r-003";
    private static final String SOS = "{\"type\":\"sos\",\"id\":\"while-down\"}";

    @Test
    void anSosThatCannotBeStoredIsOnTheConsoleAtOnceAndAnIncidentLater(@TempDir Path home) throws Exception {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(home);
        try (Relay relay = Relay.to(port(postgres.config()))) {
            try (District district = District.open(behind(relay, postgres.config()));
                    PlainSocket watch = logIn(district, "w-0003")) {
                PahoDevice stranger = district.device("w-0001");
                LiveConsole console = district.console("operator1");
                postgres.kill();
                postgres.close();

                watch.send(watch.publish("event", SOS.getBytes(StandardCharsets.UTF_8)));

                assertToldButNotStored(console);
                assertThat(watch.isQuiet()).as("no acknowledgement, no refusal").isTrue();
                assertThat(answerToConnect(district, stranger))
                        .as("server unavailable")
                        .isEqualTo("200003");
                assertThat(district.operator().ask("GET", "/incidents", null).status())
                        .as("nobody is logged out by it")
                        .isEqualTo(503);
                assertThat(watch.isQuiet()).isTrue();

                postgres = EmbeddedPostgres.start(home);
                relay.turnTo(port(postgres.config()));

                assertThat(watch.next()).isEqualTo("400001");
                String id = district.operator().awaitOpen(RESIDENT).getString("id");
                console.awaitChange(id, change -> true);
                watch.send(watch.publish("event", SOS.getBytes(StandardCharsets.UTF_8)));
                assertThat(watch.next()).as("the same, sent again").isEqualTo("400002");
                assertOneIncidentEach(district);
            }
        } finally {
            postgres.close();
        }
    }

    private static void assertToldButNotStored(LiveConsole console) {
        JsonObject alarm = console.await("not-stored", told -> true);
        assertThat(alarm.getString("device")).isEqualTo("w-0003");
        assertThat(alarm.getString("subject")).isEqualTo(RESIDENT);
        assertThat(alarm.getString("kind")).isEqualTo("SOS");
    }

    /** Also of one that is pressed afterwards, before which everything else has been evaluated. */
    private static void assertOneIncidentEach(District district) {
        district.sos("sos-0001", "resident:r-001");
        List<JsonObject> incidents = district.operator().incidents("all");
        assertThat(incidents)
                .extracting(each -> each.getString("subject"))
                .containsExactlyInAnyOrder(RESIDENT, "resident:r-001");
        assertThat(incidents)
                .allSatisfy(each -> assertThat(each.getInteger("joined")).isZero());
    }

    private static PlainSocket logIn(District district, String device) throws IOException {
        return PlainSocket.logIn(district.system().system().mqttPort(), district.device(device));
    }

    private static String answerToConnect(District district, PahoDevice device) throws IOException {
        try (PlainSocket socket = PlainSocket.open(district.system().system().mqttPort(), device)) {
            socket.send(socket.connect());
            return socket.next();
        }
    }

    private static DatabaseConfig behind(Relay relay, DatabaseConfig database) {
        String url = database.url().replace(":" + port(database) + "/", ":" + relay.port() + "/");
        return new DatabaseConfig(url, database.user(), database.password(), database.poolSize(), database.patience());
    }

    private static int port(DatabaseConfig database) {
        return URI.create(database.url().substring("jdbc:".length())).getPort();
    }
}
