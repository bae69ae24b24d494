package org.anban.simulator.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.anban.simulator.SimulatorException;
import org.anban.simulator.demo.DemoFile;
import org.anban.simulator.scenario.Scenarios;
import org.anban.simulator.scenario.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code care scenario [NAME…]}. */
@Command(
        name = "scenario",
        mixinStandardHelpOptions = true,
        description = "Play scenarios against the started demo and check their incidents. Without a name: list them.")
public final class ScenarioCommand extends DemoCommand {
    private static final String ALL = "all";

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "one or several, or: all")
    private List<String> names = new ArrayList<>();

    @Option(names = "--leave-open", description = "leave the incidents to a person at the console")
    private boolean leaveOpen;

    @Option(
            names = "--fall-window",
            paramLabel = "SECONDS",
            description = "how long to wait for silence to confirm a fall (default: 90)")
    private long fallWindowSeconds = Scenarios.FALL_WINDOW.toSeconds();

    public ScenarioCommand(Surroundings around) {
        super(around);
    }

    @Override
    boolean answered() {
        if (names.isEmpty()) {
            Scenarios.known().forEach((name, story) -> out().printf("%-22s %s%n", name, story));
            out().flush();
        }
        return names.isEmpty();
    }

    @Override
    void check(DemoFile demo) {
        for (String name : names) {
            if (!name.equals(ALL) && !Scenarios.known().containsKey(name)) {
                throw new SimulatorException("no scenario " + name + "; there are "
                        + String.join(", ", Scenarios.known().keySet()));
            }
        }
    }

    @Override
    boolean play(DemoFile demo) {
        Scenarios scenarios = new Scenarios(demo, around.careHome(), around.time(), out());
        List<Verdict> verdicts = chosen().stream()
                .map(name -> scenarios.play(name, Duration.ofSeconds(fallWindowSeconds), leaveOpen))
                .toList();
        if (verdicts.size() > 1) {
            long passed = verdicts.stream().filter(Verdict::passed).count();
            out().println(passed + " of " + verdicts.size() + " scenarios passed");
            out().flush();
        }
        return verdicts.stream().allMatch(Verdict::passed);
    }

    private List<String> chosen() {
        return names.contains(ALL) ? List.copyOf(Scenarios.known().keySet()) : names;
    }
}
