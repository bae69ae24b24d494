package org.anban.simulator.scenario;

import java.util.Optional;
import org.anban.simulator.demo.DemoDevice;
import org.anban.simulator.publicapi.IncidentRow;

final class SosAndCancelScenario implements Scenario {
    @Override
    public String name() {
        return "sos-and-cancel";
    }

    @Override
    public String story() {
        return "A resident presses SOS on the watch and then the cancel key: the SOS stays open, because only a person"
                + " ends it; the operator calls back and closes it; the same SOS sent once more opens nothing.";
    }

    @Override
    public void play(Stage stage) {
        DemoDevice watch = stage.choose("watch", DemoDevice::ofResident);
        byte[] sos = stage.event(watch, "sos");
        Optional<IncidentRow> opened = stage.expectIncident(watch.subject(), "SOS", "P0", "OPEN", Stage.SOON);
        stage.event(watch, "fall-cancelled");
        stage.settle();
        opened.ifPresent(row -> {
            IncidentRow after = stage.find(row.id()).orElse(row);
            stage.check("the cancel key does not end the SOS", after.state().equals("OPEN"), after.toString());
            stage.check("it opens no fall either", stage.count(watch.subject(), "FALL") == 0, "an open fall incident");
            if (stage.finish(row.id())) {
                stage.again(watch, sos);
                stage.settle();
                stage.check(
                        "the same SOS sent once more opens nothing",
                        stage.count(watch.subject(), "SOS") == 0,
                        "an open SOS");
            }
        });
    }
}
