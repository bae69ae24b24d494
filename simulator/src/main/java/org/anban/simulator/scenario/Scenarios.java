package org.anban.simulator.scenario;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.anban.simulator.SimulatorException;
import org.anban.simulator.demo.DemoFile;

/** Plays scenarios by name against a started demo. */
public final class Scenarios {
    /** Longer than the sixty seconds in which a wearer may cancel a fall. */
    public static final Duration FALL_WINDOW = Duration.ofSeconds(90);

    private final DemoFile demo;
    private final Path careHome;
    private final InstantSource time;
    private final PrintWriter out;

    public Scenarios(DemoFile demo, Path careHome, InstantSource time, PrintWriter out) {
        this.demo = demo;
        this.careHome = careHome;
        this.time = time;
        this.out = out;
    }

    /** Names and stories. */
    public static Map<String, String> known() {
        Map<String, String> known = new LinkedHashMap<>();
        Scenario.all().forEach(each -> known.put(each.name(), each.story()));
        return known;
    }

    /**
     * @param leaveOpen leave what it opened to a person at the console, else it is closed as a test
     * @throws SimulatorException when there is none of that name, or the demo cannot be reached
     */
    public Verdict play(String name, Duration fallWindow, boolean leaveOpen) {
        Scenario scenario = Scenario.named(name)
                .orElseThrow(() -> new SimulatorException(
                        "no scenario " + name + "; there are " + String.join(", ", known().keySet())));
        out.println("scenario " + name + ": " + scenario.story());
        try (Stage stage = new Stage(new Stage.Setting(demo, careHome, time, fallWindow, leaveOpen, out))) {
            try {
                scenario.play(stage);
            } catch (SimulatorException e) {
                stage.check("the scenario plays to its end", false, String.valueOf(e.getMessage()));
            }
            Verdict verdict = new Verdict(name, stage.checks());
            out.println(verdict);
            out.flush();
            return verdict;
        }
    }
}
