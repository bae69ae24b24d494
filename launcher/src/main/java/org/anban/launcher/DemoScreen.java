package org.anban.launcher;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The one screen that a newcomer sees. */
record DemoScreen(DemoFile demo, Place place, boolean simulated) {
    String text() {
        return String.format(
                Locale.ROOT,
                """

                Anban 安伴 is running. Ctrl-C stops it; its data stays in %s

                  operator's page   %s/
                  family's page     %s/family/
                  devices (MQTT)    %s
                  API contracts     %s/api/v1/openapi

                  log in as         %s
                                    %s
                                    %s

                  press a button    %s./care press sos %s
                  %s
                  all logins, device ids and keys: %s
                """,
                place.home(),
                demo.httpUrl(),
                demo.httpUrl(),
                demo.mqttUrl(),
                demo.httpUrl(),
                login("operator", demo.operator()),
                login("supervisor", demo.supervisor()),
                login("family", demo.family()),
                home(),
                button(),
                simulated
                        ? "the residents' devices are simulated; telephones of the ladder ring on this screen"
                        : "no simulator: only what you send comes in",
                DemoFile.in(place.home()));
    }

    private static String login(String role, DemoFile.Login login) {
        return String.format(Locale.ROOT, "%-11s %-14s password %s", role, login.username(), login.password());
    }

    /** The variable that the other command needs to find this demo, unless it finds it by itself. */
    private String home() {
        Path usual = Path.of(".care").toAbsolutePath().normalize();
        return place.home().equals(usual) ? "" : "CARE_HOME=" + place.home() + " ";
    }

    private String button() {
        List<DemoFile.Device> buttons = demo.devices().stream()
                .filter(d -> d.kind().equals("button") && d.subject().startsWith("resident:"))
                .toList();
        return (buttons.isEmpty() ? demo.devices() : buttons).get(0).id();
    }
}
