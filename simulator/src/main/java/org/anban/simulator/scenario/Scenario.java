package org.anban.simulator.scenario;

import java.util.List;
import java.util.Optional;

/** One story. */
interface Scenario {
    String name();

    /** In one sentence, with what it expects. */
    String story();

    void play(Stage stage);

    /** All there are, in the order in which they are listed. */
    static List<Scenario> all() {
        return List.of(
                new SosScenario(),
                new SosAndCancelScenario(),
                new FallAtNightScenario(),
                new LowBatteryScenario(),
                new SmokeAtTheCouplesScenario(),
                new StreetBlackoutScenario());
    }

    static Optional<Scenario> named(String name) {
        return all().stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
