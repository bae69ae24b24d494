package org.anban.launcher.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.anban.launcher.browser.Desk.awaitText;
import static org.anban.launcher.browser.Desk.awaitVisible;

import com.microsoft.playwright.Page;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.anban.kit.testing.TestDatabase;
import org.anban.launcher.AnbanSystem;
import org.anban.launcher.journey.StartedSystem;
import org.anban.platform.demo.DemoDistrict;
import org.anban.simulator.demo.DemoDevice;
import org.anban.simulator.demo.DemoFile;
import org.anban.simulator.demo.Login;
import org.anban.simulator.scenario.Scenarios;
import org.anban.simulator.scenario.Verdict;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A street without power and an outage of our own, as operators see them. */
final class OutagePageTest {
    private static final Path SHOTS = Path.of("target", "screenshots");

    private static TestDatabase database;
    private static StartedSystem system;
    private static Chromium chromium;

    @TempDir
    Path home;

    @BeforeAll
    static void start() {
        database = TestDatabase.create();
        system = StartedSystem.start(database.config(), InstantSource.system(), AnbanSystem.Tuning.usual(0));
        chromium = Chromium.launch();
    }

    @AfterAll
    static void stop() {
        chromium.close();
        system.close();
        database.close();
    }

    @AfterEach
    void nothingWentWrongInThePages() {
        Assertions.assertThat(chromium.complaints()).isEmpty();
    }

    private DemoFile demo() {
        Login operator = new Login("operator2", system.password());
        List<DemoDevice> devices = DemoDistrict.describe().devices().stream()
                .map(device -> new DemoDevice(
                        device.id().value(),
                        system.system().gateway().credentials().issue(device.id()),
                        device.kind(),
                        device.subject().toString()))
                .toList();
        URI mqtt = URI.create("tcp://127.0.0.1:" + system.system().mqttPort());
        return new DemoFile(URI.create(system.url()), mqtt, operator, operator, operator, devices);
    }

    @Test
    void aStreetWithoutPowerIsOneIncidentThatListsWhomToCall() {
        StringWriter printed = new StringWriter();
        Verdict verdict = new Scenarios(demo(), home, InstantSource.system(), new PrintWriter(printed))
                .play("street-blackout", Duration.ofSeconds(1), true);
        Assertions.assertThat(verdict.passed()).as(printed.toString()).isTrue();
        JsonObject outage = system.logIn("operator2").open().stream()
                .filter(row -> row.getString("kind").equals("AREA_OUTAGE"))
                .findFirst()
                .orElseThrow();

        Desk desk = Desk.open(chromium, system.url(), "zh-CN").logIn("operator1", system.password());
        desk.row(outage.getString("name")).first().click();
        desk.press("o");
        awaitVisible(desk.page().locator("member-list [data-member]"));
        awaitText(desk.header(), "片区设备集体失联");
        awaitText(desk.page().locator("[data-members]"), "户");
        awaitVisible(desk.page().locator("member-list .phone"));
        desk.page().screenshot(new Page.ScreenshotOptions().setPath(SHOTS.resolve("outage.png")));
        desk.press("l");
        awaitText(desk.page().locator("member-list"), "still silent");
        desk.page().context().close();
    }

    @Test
    void whomToCheckAfterOurOwnOutageAndWhatWasNotEvaluatedHaveAPage() {
        Desk desk = Desk.open(chromium, system.url(), "en-GB").logIn("operator1", system.password());
        desk.page().locator("[data-action=oversight]").click();
        awaitText(desk.page().locator("oversight-dialog"), "Everything has been evaluated");
        desk.press("Escape");
        database.database().inTransaction(tx -> {
            tx.execute("insert into alert.outage values (7, '2026-01-05 00:00:00Z', '2026-01-05 01:00:00Z')");
            tx.execute("insert into alert.outage_check values (7, 'resident:r-003', '2026-01-04 23:59:00Z', null),"
                    + " (7, 'resident:r-004', '2026-01-04 23:58:00Z', '2026-01-05 01:00:05Z')");
            return tx.execute(
                    "insert into alert.set_aside_event values ('TELEMETRY', 12, 3, 'heart_rate_high', 'w-0003',"
                            + " 'resident:r-003', 'it cannot be judged', '2026-01-05 00:10:00Z')");
        });

        desk.page().locator("[data-action=oversight]").click();
        awaitText(desk.page().locator("[data-check]"), system.nameOf("resident:r-003"));
        assertThat(desk.page().locator("[data-check]")).hasCount(1);
        awaitText(desk.page().locator("[data-aside]"), "it cannot be judged");
        desk.page().screenshot(new Page.ScreenshotOptions().setPath(SHOTS.resolve("oversight.png")));
        desk.page().context().close();
    }
}
