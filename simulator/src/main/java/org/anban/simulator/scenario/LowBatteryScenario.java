package org.anban.simulator.scenario;

import org.anban.simulator.demo.DemoDevice;

final class LowBatteryScenario implements Scenario {
    private static final int LOWEST = 9;

    @Override
    public String name() {
        return "low-battery";
    }

    @Override
    public String story() {
        return "A watch runs down to 9 %: its charge is stored and can be read, and no incident opens, because nobody"
                + " is in need.";
    }

    @Override
    public void play(Stage stage) {
        DemoDevice watch = stage.choose("watch", DemoDevice::ofResident);
        for (int level : new int[] {24, 17, 12, LOWEST}) {
            stage.telemetry(watch, "battery", level);
        }
        stage.event(watch, "low-battery");
        stage.expect("a stored charge of " + LOWEST + " %", () -> stage.stored(watch.subject(), "battery", LOWEST));
        stage.settle();
        stage.check(
                "no incident of " + watch.subject(),
                stage.open(watch.subject()).isEmpty(),
                stage.open(watch.subject()).toString());
    }
}
