package org.anban.launcher;

import java.time.InstantSource;
import org.anban.kit.config.Settings;
import org.anban.kit.config.StartException;
import org.anban.launcher.bench.BenchCommand;
import org.anban.launcher.interop.InteropCommand;
import org.anban.simulator.SimulatorException;
import org.anban.simulator.command.PressCommand;
import org.anban.simulator.command.ReplayCommand;
import org.anban.simulator.command.ScenarioCommand;
import org.anban.simulator.command.SimulateCommand;
import org.anban.simulator.command.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line behind the script {@code care}. */
@Command(
        name = "care",
        description = "Anban: care at home, from a wrist to an operator",
        mixinStandardHelpOptions = true,
        subcommands = {DemoCommand.class, ServeCommand.class, BenchCommand.class, InteropCommand.class})
public final class Main {
    private static final int CANNOT_START = 2;

    private Main() {}

    /** Runs one command; exit code 0 when it worked, 1 when it did not, 2 when the machine or the words are not right. */
    public static void main(String[] args) {
        System.setProperty("vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.SLF4JLogDelegateFactory");
        CommandLine line = new CommandLine(new Main());
        try {
            Surroundings around =
                    new Surroundings(Place.of(Settings.ofProcess()).home(), InstantSource.system());
            line.addSubcommand(new SimulateCommand(around));
            line.addSubcommand(new ScenarioCommand(around));
            line.addSubcommand(new PressCommand(around));
            line.addSubcommand(new ReplayCommand(around));
        } catch (StartException e) {
            System.err.println("care: " + e.getMessage());
            System.exit(CANNOT_START);
        }
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof StartException || failure instanceof SimulatorException) {
                System.err.println("care: " + failure.getMessage());
                return failure instanceof StartException ? CANNOT_START : 1;
            }
            throw failure;
        });
        System.exit(line.execute(args));
    }
}
