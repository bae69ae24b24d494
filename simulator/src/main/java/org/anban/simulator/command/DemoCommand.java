package org.anban.simulator.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.anban.simulator.SimulatorException;
import org.anban.simulator.demo.DemoFile;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that needs a started demo. */
abstract class DemoCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int COULD_NOT_BEGIN = 2;

    final Surroundings around;

    @Spec
    private CommandSpec spec;

    DemoCommand(Surroundings around) {
        this.around = around;
        this.spec = CommandSpec.create();
    }

    /** Does what needs no demo, if that was asked for. */
    boolean answered() {
        return false;
    }

    /** Looks at what was asked for, before anything happens. */
    abstract void check(DemoFile demo);

    /** @return whether all went as it must */
    abstract boolean play(DemoFile demo) throws InterruptedException;

    @Override
    public final Integer call() {
        if (answered()) {
            return 0;
        }
        DemoFile demo;
        try {
            demo = DemoFile.read(around.careHome());
            check(demo);
        } catch (SimulatorException | IllegalArgumentException e) {
            return told(e, COULD_NOT_BEGIN);
        }
        try {
            return play(demo) ? 0 : FAILED;
        } catch (SimulatorException e) {
            return told(e, FAILED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    private int told(RuntimeException problem, int exitCode) {
        err().println("care " + spec.name() + ": " + problem.getMessage());
        err().flush();
        return exitCode;
    }
}
