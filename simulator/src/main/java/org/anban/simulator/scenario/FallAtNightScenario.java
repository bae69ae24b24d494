package org.anban.simulator.scenario;

import java.util.Optional;
import org.anban.simulator.demo.DemoDevice;
import org.anban.simulator.publicapi.IncidentRow;

final class FallAtNightScenario implements Scenario {
    @Override
    public String name() {
        return "fall-at-night";
    }

    @Override
    public String story() {
        return "A resident gets up, falls and does not answer the detector: one FALL incident, which silence confirms"
                + " as P1 when the window is over (some watches count down themselves: then at once).";
    }

    @Override
    public void play(Stage stage) {
        DemoDevice detector = stage.choose("fall", device -> device.ofResident() && stage.hasBed(device.subject()));
        stage.bedOf(detector.subject()).ifPresent(bed -> stage.event(bed, "bed-exit"));
        stage.event(detector, "fall");
        Optional<IncidentRow> row =
                stage.expect("a FALL incident of " + detector.subject(), () -> stage.open(detector.subject(), "FALL")
                        .findFirst());
        stage.say("waiting for silence to confirm it");
        row.ifPresent(candidate -> {
            stage.expectIncident(detector.subject(), "FALL", "P1", "OPEN", stage.fallWindow());
            stage.check(
                    "one open FALL of this resident",
                    stage.count(detector.subject(), "FALL") == 1,
                    stage.count(detector.subject(), "FALL") + " of them");
            stage.finish(candidate.id());
        });
        stage.bedOf(detector.subject()).ifPresent(bed -> stage.event(bed, "bed-entry"));
    }
}
