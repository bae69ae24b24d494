package org.anban.simulator.scenario;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anban.simulator.demo.DemoDevice;
import org.anban.simulator.publicapi.IncidentRow;

final class StreetBlackoutScenario implements Scenario {
    private static final Duration PROMISED = Duration.ofSeconds(5);
    private static final Duration NOTICED = Duration.ofSeconds(90);
    /** Longer than the half minute after which each would be silent by itself. */
    private static final Duration SINGLY = Duration.ofSeconds(40);

    @Override
    public String name() {
        return "street-blackout";
    }

    @Override
    public String story() {
        return "The power fails in a street: its devices, which promised to be heard within seconds, all fall silent at"
                + " once: exactly one incident, of the street, which lists whom to call; none of a single device.";
    }

    @Override
    public void play(Stage stage) {
        Map.Entry<String, List<DemoDevice>> street = stage.busiestStreet();
        Set<String> subjects = new HashSet<>();
        Set<String> before = new HashSet<>();
        stage.openOfKind("DEVICE_SILENT").forEach(row -> before.add(row.id()));
        street.getValue().forEach(device -> {
            stage.promise(device, PROMISED);
            subjects.add(device.subject());
        });
        street.getValue().forEach(device -> stage.promise(device, PROMISED));
        stage.cutAll();
        Optional<IncidentRow> opened =
                stage.expectIncident("area:" + street.getKey(), "AREA_OUTAGE", "P2", "OPEN", NOTICED);
        opened.ifPresent(row -> {
            stage.settle(SINGLY);
            long singly = stage.openOfKind("DEVICE_SILENT").stream()
                    .filter(each -> subjects.contains(each.subject()) && !before.contains(each.id()))
                    .count();
            stage.check("no incident of a single device of that street", singly == 0, singly + " of them");
            int outages = stage.count(row.subject(), "AREA_OUTAGE");
            stage.check("one open outage of that street", outages == 1, outages + " of them");
            int members = stage.members(row.id()).size();
            stage.check(
                    "it lists whom to call",
                    members >= 3 && members <= subjects.size(),
                    members + " of " + subjects.size() + " subjects");
            stage.finish(row.id());
        });
    }
}
