package org.anban.launcher.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;

/** The operator's page, as an operator uses it. */
final class Desk {
    private static final LocatorAssertions.IsVisibleOptions SOON =
            new LocatorAssertions.IsVisibleOptions().setTimeout(15_000);

    private final Page page;

    Desk(Page page) {
        this.page = page;
    }

    static Desk open(Chromium chromium, String url, String language) {
        return new Desk(chromium.open(url, language, 1280, 800));
    }

    Page page() {
        return page;
    }

    Desk logIn(String username, String password) {
        page.locator("#username").fill(username);
        page.locator("#password").fill(password);
        page.keyboard().press("Enter");
        awaitVisible(page.locator(".top-bar"));
        assertThat(page.locator("[data-link]")).hasAttribute("data-link", "live");
        return this;
    }

    /** The row of a subject's incident in the queue. */
    Locator row(String name) {
        return page.locator("incident-queue .row").filter(new Locator.FilterOptions().setHasText(name));
    }

    Locator openCase() {
        return page.locator("article.case");
    }

    Locator header() {
        return page.locator(".case-head");
    }

    Locator story() {
        return page.locator(".story");
    }

    Locator lostBanner() {
        return page.locator(".banner.lost");
    }

    Locator said() {
        return page.locator("[data-said]");
    }

    Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    /** Ends the login behind the page's back, as an administrator or the clock might. */
    void endLogin(String url) {
        page.request()
                .delete(
                        url + "/api/v1/sessions/current",
                        RequestOptions.create().setHeader("Origin", url));
    }

    void press(String... keys) {
        for (String key : keys) {
            page.keyboard().press(key);
        }
    }

    void type(String text) {
        page.keyboard().insertText(text);
    }

    /** What is heard: {@code quiet}, {@code alarm}, {@code lost}, {@code alarm lost} or {@code muted}. */
    void awaitSound(String pattern) {
        assertThat(page.locator("body")).hasAttribute("data-sound", pattern);
    }

    static void awaitVisible(Locator what) {
        assertThat(what.first()).isVisible(SOON);
    }

    static void awaitGone(Locator what) {
        assertThat(what).hasCount(0);
    }

    static void awaitText(Locator what, String text) {
        assertThat(what).containsText(text);
    }
}
