package org.anban.launcher.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.anban.launcher.browser.Desk.awaitGone;
import static org.anban.launcher.browser.Desk.awaitText;
import static org.anban.launcher.browser.Desk.awaitVisible;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.regex.Pattern;
import org.anban.alert.console.LiveStreams;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.event.ReportKind;
import org.anban.contracts.subject.SubjectId;
import org.anban.kit.testing.Eventually;
import org.anban.launcher.journey.Caller;
import org.anban.launcher.journey.StartedSystem;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operator's page in a real browser, against the started system. Each test has a resident of its own. */
final class OperatorPageTest {
    private static final String CHINESE = "zh-CN";
    private static final String ENGLISH = "en-GB";

    private static StartedSystem system;
    private static Chromium chromium;
    private static Cable cable;
    private static Caller colleague;
    private Desk desk;

    @BeforeAll
    static void start() {
        system = StartedSystem.start();
        cable = Cable.to(system.httpPort());
        colleague = system.logIn("operator2");
        chromium = Chromium.launch();
    }

    @AfterAll
    static void stop() {
        chromium.close();
        cable.close();
        system.close();
    }

    @BeforeEach
    void openThePage() {
        desk = Desk.open(chromium, cable.url(), ENGLISH).logIn("operator1", system.password());
    }

    @AfterEach
    void closeThePage() {
        desk.page().context().close();
        cable.putIn();
        colleague.clearTheDesk();
        Assertions.assertThat(chromium.complaints()).isEmpty();
    }

    @Test
    void anSosIsTakenCalledAboutVisitedAndClosedByKeyboardAlone() {
        String name = system.nameOf("resident:r-003");
        system.press("w-0003");
        awaitVisible(desk.row(name));
        awaitVisible(desk.page().locator("urgent-strip .urgent"));
        desk.awaitSound("alarm");

        desk.press("g");
        awaitText(desk.header(), name);
        awaitText(desk.header(), "held by you");
        desk.awaitSound("quiet");
        awaitVisible(desk.page().locator("section.risk"));
        awaitVisible(desk.page().locator(".contacts li"));

        desk.press("c", "Space");
        desk.press("Enter");
        awaitText(desk.story(), "called the resident: spoke");

        desk.press("d", "Enter");
        for (String step : new String[] {"ACCEPTED", "EN_ROUTE", "ARRIVED", "INSIDE", "DONE"}) {
            Locator next = desk.page().locator("[data-step=" + step + "]").first();
            awaitVisible(next);
            next.focus();
            desk.press("Enter");
        }
        awaitText(desk.page().locator("dispatch-panel"), "done");

        desk.press("Escape", "x");
        awaitVisible(desk.page().locator("form.close"));
        desk.type("Assistance");
        desk.page().locator("#close-code").selectOption("ASSISTANCE_GIVEN");
        desk.page().locator("form.close .primary").focus();
        desk.press("Enter");
        awaitText(desk.header(), "closed");
        awaitGone(desk.row(name));
        awaitText(desk.story(), "Assistance given");
    }

    @Test
    void aLostStreamIsUnmistakableAndCaughtUpAfterwards() {
        String name = system.nameOf("resident:r-004");
        cable.pull();
        awaitVisible(desk.lostBanner());
        desk.awaitSound("lost");
        system.press("w-0004");
        colleague.awaitOpen("resident:r-004");

        cable.putIn();
        awaitGone(desk.lostBanner());
        awaitText(desk.page().locator(".banner.missed"), "1 new");
        awaitText(desk.page().locator(".banner.missed"), name);
        awaitVisible(desk.row(name));
        desk.awaitSound("alarm");
    }

    @Test
    void aStreamThatOnlyFallsSilentIsLostToo() {
        desk.page().clock().install();
        desk.page().reload();
        assertThat(desk.page().locator("[data-link]")).hasAttribute("data-link", "live");

        cable.freeze();
        desk.page().clock().fastForward(12_500);
        awaitVisible(desk.lostBanner());

        cable.putIn();
        desk.page().clock().fastForward(5_000);
        awaitGone(desk.lostBanner());
    }

    @Test
    void anAlarmThatCouldNotBeStoredStaysInRedUntilSomebodyHasPhoned() {
        system.system()
                .alert()
                .unstored()
                .received(new DeviceId("w-0018"), SubjectId.resident("r-018"), ReportKind.SOS, Instant.now());
        Locator panel = desk.page().locator(".banner.unstored");
        awaitText(panel, "phone now");

        desk.button("Show telephone").click();
        awaitText(panel, system.nameOf("resident:r-018"));
        awaitText(panel, "139 0000 1018");
        desk.button("I have phoned").click();
        awaitGone(panel);
    }

    @Test
    void aFaultOfOurOwnIsUnmistakableForAsLongAsItLasts() {
        LiveStreams streams = (LiveStreams) system.system().alert().unstored();
        Locator banner = desk.page().locator(".banner.fault");
        desk.press("l");
        // said again until it is seen: the system knows that it is well, and takes it back with the next beat
        Eventually.until("it is shown, in Chinese", () -> {
            streams.ownAlarm("detection is 12 s behind the alarm log");
            String shown = String.join(" ", banner.allInnerTexts());
            return shown.contains("本系统自身故障") && shown.contains("报警检测落后 12 秒");
        });

        awaitGone(banner);
    }

    @Test
    void anAlarmIsHeardAtOnceOnAPageWhoseTimersSleep() {
        Page page = desk.page().context().newPage();
        // this browser lets every page sound, others only after a press; and it counts what is started
        page.addInitScript("window.heard = [];"
                + "const Open = AudioContext;"
                + "window.AudioContext = class extends Open { constructor() { super(); this.suspend(); } };"
                + "for (const kind of [OscillatorNode, AudioBufferSourceNode]) {"
                + "  const start = kind.prototype.start;"
                + "  kind.prototype.start = function (...at) {"
                + "    heard.push(this.loop ? 'loop' : 'beep'); start.apply(this, at); }; }");
        page.clock().install();
        page.navigate(cable.url());
        assertThat(page.locator("[data-link]")).hasAttribute("data-link", "live");
        awaitVisible(page.locator(".banner.unheard"));
        page.keyboard().press("ArrowDown");
        awaitGone(page.locator(".banner.unheard"));

        page.clock().pauseAt(System.currentTimeMillis() + 5_000);
        system.press("w-0015");
        awaitVisible(new Desk(page).row(system.nameOf("resident:r-015")));
        Assertions.assertThat(page.evaluate("heard.join(' ')")).isEqualTo("loop");
    }

    @Test
    void theChineseConsoleSaysWhatRulesAndServicesSayInChinese() {
        desk.press("l");
        String name = system.nameOf("resident:r-016");
        system.press("w-0016");
        awaitVisible(desk.row(name));
        desk.row(name).click();

        awaitText(desk.page().locator("ul.signals"), "按下求救键");
        awaitText(desk.story(), "按下求救键");
        assertThat(desk.openCase()).not().containsText("SOS pressed");
        Object refused = desk.page()
                .evaluate("import('/parts/api.js').then(api => api.command('/incidents/none/note',"
                        + " {version: 1, text: 'x'})).catch(problem => problem.message)");
        Assertions.assertThat(refused).isEqualTo("查无此事件，或不在您的片区");
    }

    @Test
    void aLoginThatEndsIsRenewedWithoutLosingWhatWasTyped() {
        String name = system.nameOf("resident:r-005");
        system.press("w-0005");
        awaitVisible(desk.row(name));
        desk.row(name).click();
        awaitText(desk.header(), name);
        desk.press("n");
        awaitVisible(desk.page().locator("#note-text"));
        desk.type("rang twice, will ring the neighbour");

        desk.endLogin(cable.url());
        Locator dialog = desk.page().locator("dialog.login-again");
        awaitVisible(dialog);
        desk.type(system.password());
        desk.press("Enter");
        awaitGone(dialog);

        assertThat(desk.page().locator("#note-text")).hasValue("rang twice, will ring the neighbour");
        desk.page().locator("form.note .primary").click();
        awaitText(desk.story(), "rang twice, will ring the neighbour");
    }

    @Test
    void theLanguageIsSwitchedByOneKeyAndRemembered() {
        awaitText(desk.page().locator("#queue-heading"), "Incidents");
        desk.press("l");
        awaitText(desk.page().locator("#queue-heading"), "事件队列");
        assertThat(desk.page().locator("html")).hasAttribute("lang", CHINESE);

        desk.page().reload();
        awaitText(desk.page().locator("#queue-heading"), "事件队列");
    }

    @Test
    void aNewAlarmIsSpokenAndTheSoundCanBePausedButNotSwitchedOff() {
        desk.page().clock().install();
        desk.page().reload();
        assertThat(desk.page().locator("[data-link]")).hasAttribute("data-link", "live");
        String name = system.nameOf("resident:r-007");
        system.press("w-0007");
        awaitText(desk.page().locator("p[aria-live=assertive]"), name);
        desk.awaitSound("alarm");
        desk.press("m");
        desk.awaitSound("muted");

        system.press("w-0010");
        desk.awaitSound("alarm");
        desk.press("m");
        desk.awaitSound("muted");
        desk.page().clock().fastForward(30_000);
        desk.awaitSound("alarm");
    }

    @Test
    void whatJoinsInTheInstantOfClosingIsShownAndNothingIsClosed() {
        String name = system.nameOf("resident:r-011");
        system.press("w-0011");
        awaitVisible(desk.row(name));
        desk.row(name).click();
        desk.press("t");
        awaitText(desk.header(), "held by you");
        desk.press("c", "Space", "Enter");
        awaitText(desk.story(), "called the resident: spoke");

        desk.page()
                .route(
                        "**/close",
                        route -> {
                            system.press("w-0011");
                            Eventually.until(
                                    "it joined",
                                    () -> colleague.awaitOpen("resident:r-011").getInteger("joined") > 0);
                            route.resume();
                        },
                        new Page.RouteOptions().setTimes(1));
        desk.press("x");
        desk.page().locator("#close-code").selectOption("ACCIDENTAL");
        desk.page().locator("form.close .primary").click();

        awaitText(desk.said(), "changed since you looked");
        awaitText(desk.header(), "held by you");
        awaitText(desk.header(), "rang again");
    }

    @Test
    void takingOverFromAColleagueNeedsASecondPress() {
        String name = system.nameOf("resident:r-012");
        system.press("w-0012");
        awaitVisible(desk.row(name));
        colleague.act(colleague.awaitOpen("resident:r-012").getString("id"), "take", new JsonObject());
        awaitText(desk.row(name), system.displayName("operator2"));

        desk.row(name).click();
        awaitText(desk.header(), name);
        desk.press("t");
        awaitText(desk.said(), "Press again");
        awaitText(desk.header(), system.displayName("operator2"));
        desk.press("t");
        awaitText(desk.header(), "held by you");
        awaitText(desk.story(), "took it over");
    }

    @Test
    void anIncidentIsOpenedByHandForAResidentWhoWasSearched() {
        String name = system.nameOf("resident:r-013");
        desk.press("i");
        desk.type(name);
        Locator choice = desk.page().locator("concern-dialog .choice");
        awaitText(choice, name);
        desk.page().locator("#concern-words").fill("the neighbour says the curtains are still drawn");
        desk.page().locator("concern-dialog .primary").click();

        awaitText(desk.header(), name);
        awaitText(desk.header(), "Concern");
        awaitText(desk.story(), "the curtains are still drawn");
    }

    @Test
    void theHeartRateOfTheLastDayIsDrawn() {
        system.device("w-0014").publish("telemetry", "{\"heartRate\":72}");
        system.press("w-0014");
        String name = system.nameOf("resident:r-014");
        awaitVisible(desk.row(name));
        desk.row(name).click();

        awaitVisible(desk.page().locator("heart-rate-chart canvas"));
        assertThat(desk.page().locator(".chart")).hasAttribute("aria-label", Pattern.compile(".*last 72.*"));
    }

    @Test
    void aFamilyMemberSeesTheirOwnResidentsAndNobodyElse() {
        Page page = chromium.open(cable.url() + "/family/", ENGLISH, 1280, 800);
        page.locator("#username").fill("family1");
        page.locator("#password").fill(system.password());
        page.keyboard().press("Enter");

        awaitVisible(page.locator(".resident"));
        assertThat(page.locator(".resident h2")).hasCount(2);
        awaitText(page.locator("main"), system.nameOf("resident:r-001"));
        awaitText(page.locator("main"), system.nameOf("resident:r-002"));
        Object status = page.evaluate("fetch('/api/v1/family/residents/resident:r-003').then(answer => answer.status)");
        Assertions.assertThat(status).isEqualTo(404);

        page.locator(".reach").first().click();
        page.locator("textarea").fill("She does not answer since this morning");
        page.locator("form .primary").click();
        awaitVisible(page.locator(".sent"));
        awaitVisible(desk.row(system.nameOf("resident:r-001")));
        page.context().close();
    }
}
