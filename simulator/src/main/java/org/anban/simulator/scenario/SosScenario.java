package org.anban.simulator.scenario;

import java.util.Optional;
import org.anban.simulator.demo.DemoDevice;
import org.anban.simulator.publicapi.IncidentRow;

final class SosScenario implements Scenario {
    @Override
    public String name() {
        return "sos";
    }

    @Override
    public String story() {
        return "A resident presses the button twice: one SOS incident, P0 and open, which the second press joins.";
    }

    @Override
    public void play(Stage stage) {
        DemoDevice button = stage.choose("button", DemoDevice::ofResident);
        stage.event(button, "sos");
        Optional<IncidentRow> opened = stage.expectIncident(button.subject(), "SOS", "P0", "OPEN", Stage.SOON);
        stage.event(button, "sos");
        opened.ifPresent(row -> {
            stage.expect("the second press joins the same incident", () -> stage.find(row.id())
                    .filter(now -> now.joined() > row.joined()));
            stage.check("one open SOS of this resident", stage.count(button.subject(), "SOS") == 1, "another count");
            stage.finish(row.id());
        });
    }
}
