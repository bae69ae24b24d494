package org.anban.simulator.command;

import org.anban.simulator.demo.DemoFile;
import org.anban.simulator.player.Press;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code care press sos DEVICE}. */
@Command(
        name = "press",
        mixinStandardHelpOptions = true,
        description = "Let a device of the demo report an event, and show the incident that it opens.")
public final class PressCommand extends DemoCommand {
    @Parameters(
            index = "0",
            paramLabel = "EVENT",
            description = "sos, fall, fall-cancelled, smoke, gas, co, bed-exit, …")
    private String event = "";

    @Parameters(index = "1", paramLabel = "DEVICE", description = "a device's id in demo.json")
    private String device = "";

    public PressCommand(Surroundings around) {
        super(around);
    }

    @Override
    void check(DemoFile demo) {
        demo.device(device);
    }

    @Override
    boolean play(DemoFile demo) {
        return new Press(demo, around.careHome(), around.time(), out()).press(event, device);
    }
}
