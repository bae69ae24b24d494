package org.anban.simulator.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.anban.simulator.demo.DemoDevice;
import org.anban.simulator.publicapi.IncidentRow;

final class SmokeAtTheCouplesScenario implements Scenario {
    @Override
    public String name() {
        return "smoke-at-the-couples";
    }

    @Override
    public String story() {
        return "Smoke at the home of a couple: one SMOKE incident of the home, P0, whose file lists both who live there.";
    }

    /** The couple's home is the one with a bed pad that belongs to no single person. */
    @Override
    public void play(Stage stage) {
        DemoDevice smoke = stage.choose("smoke", device -> device.ofDwelling() && stage.hasBed(device.subject()));
        stage.event(smoke, "smoke");
        Optional<IncidentRow> opened = stage.expectIncident(smoke.subject(), "SMOKE", "P0", "OPEN", Stage.SOON);
        opened.ifPresent(row -> {
            JsonNode occupants = stage.file(row.id()).path("occupants");
            stage.check("two people live there", occupants.size() == 2, occupants.size() + " in the file");
            stage.finish(row.id());
        });
    }
}
