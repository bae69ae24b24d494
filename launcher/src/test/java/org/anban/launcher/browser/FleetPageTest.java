package org.anban.launcher.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.anban.kit.testing.Eventually;
import org.anban.launcher.journey.Caller;
import org.anban.launcher.journey.PahoDevice;
import org.anban.launcher.journey.StartedSystem;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** The page of the devices in a real browser: what staff see of those that need a look. */
final class FleetPageTest {
    @Test
    void staffSeeWhoseAlarmsMayBeLostAndWhoIsGone() {
        try (StartedSystem system = StartedSystem.start();
                Chromium chromium = Chromium.launch()) {
            system.device("w-0002").publish("telemetry", "{\"heartRate\":72,\"battery\":64,\"worn\":true}");
            PahoDevice careless = system.device("w-0001");
            careless.connected(client -> {
                careless.publish(client, "telemetry", "{\"battery\":12}");
                client.publish(
                        careless.topic("event"), "{\"type\":\"sos\"}".getBytes(StandardCharsets.UTF_8), 0, false);
                Caller operator = system.logIn("operator2");
                Eventually.until(
                        "the alarm is counted",
                        () -> operator.get("/fleet?state=may-be-lost").getInteger("matching") == 1);
                staffLook(system, chromium);
            });
            Assertions.assertThat(chromium.complaints()).isEmpty();
        }
    }

    private static void staffLook(StartedSystem system, Chromium chromium) {
        Desk desk = Desk.open(chromium, system.url(), "en-GB").logIn("operator1", system.password());
        Page page = desk.page()
                .context()
                .waitForPage(() -> desk.page().getByText("Devices", exactly()).click());
        Locator careless = page.locator("[data-device=w-0001]");
        assertThat(careless).containsText("alarms may be lost");
        assertThat(careless).containsText("battery low");
        assertThat(careless.locator(".connection")).containsText("connected");
        Locator gone = page.locator("[data-device=w-0002]");
        assertThat(gone).containsText("disconnected");
        assertThat(gone).containsText("64 %");
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "fleet-page.png")));

        page.locator("[data-state=may-be-lost]").click();
        assertThat(gone).hasCount(0);
        assertThat(careless).isVisible();
        page.getByText("中文").click();
        assertThat(careless).containsText("报警可能丢失");
    }

    private static Page.GetByTextOptions exactly() {
        return new Page.GetByTextOptions().setExact(true);
    }
}
