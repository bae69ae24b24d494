package org.anban.simulator.command;

import java.time.Duration;
import java.util.List;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.anban.simulator.SimulatorException;
import org.anban.simulator.demo.DemoDevice;
import org.anban.simulator.demo.DemoFile;
import org.anban.simulator.player.DevicePlayer;
import org.anban.simulator.player.Replay;
import org.anban.simulator.recording.Recording;
import org.anban.simulator.recording.Recordings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code care replay FILE --device ID [--speed N]}. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = "Play a recording through a device of the demo.",
        footer = {
            "",
            "Layouts: the project's samples, icu-vitals, bed-exit, weda-fall (wrist acceleration).",
            "A row that cannot be read is named with its line; all others are played (exit code 1)."
        })
public final class ReplayCommand extends DemoCommand {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int MOST_SHOWN = 10;

    private static final class TimesOption {
        @Option(
                names = "--from-now",
                description = "the recording begins now; messages carry the time of their sending (default)")
        private boolean fromNow;

        @Option(
                names = "--until-now",
                description = "the recording ends now, sent late like that of a device long without a network")
        private boolean untilNow;
    }

    @Parameters(index = "0", paramLabel = "FILE", description = "a recording, or sample:night")
    private String file = "";

    @Option(names = "--device", required = true, paramLabel = "ID", description = "a device's id in demo.json")
    private String device = "";

    @Option(
            names = "--speed",
            paramLabel = "N",
            defaultValue = "1",
            description = "shorten the waits between messages N times (default: ${DEFAULT-VALUE})")
    private double speed = 1;

    @ArgGroup
    private TimesOption times = new TimesOption();

    private @Nullable Recording recording;

    public ReplayCommand(Surroundings around) {
        super(around);
    }

    @Override
    void check(DemoFile demo) {
        demo.device(device);
        replay();
        recording = Recordings.read(file);
    }

    @Override
    boolean play(DemoFile demo) {
        Recording read = recording;
        if (read == null) {
            throw new SimulatorException("nothing was read");
        }
        Replay replay = replay();
        introduce(read, replay);
        tell(read.problems());
        if (read.messages().isEmpty()) {
            throw new SimulatorException(file + " holds nothing that a device would send");
        }
        DemoDevice target = demo.device(device);
        Replay.Outcome outcome;
        try (DevicePlayer player = DevicePlayer.connect(target, demo.mqttUrl(), around.careHome(), PATIENCE);
                ProgressBar bar = bar(read.messages().size())) {
            outcome = replay.play(read, player, bar::stepTo);
        }
        tell(outcome.refused());
        out().println(outcome.acknowledged() + " of " + outcome.sent() + " messages acknowledged, "
                + read.problems().size() + " rows unreadable");
        out().flush();
        return outcome.acknowledged() == outcome.sent() && read.problems().isEmpty();
    }

    private Replay replay() {
        Replay.Times chosen = times.untilNow ? Replay.Times.UNTIL_NOW : Replay.Times.FROM_NOW;
        return new Replay(around.time(), speed, chosen);
    }

    private void introduce(Recording read, Replay replay) {
        long seconds = replay.length(read).toSeconds();
        out().println(file + ": " + read.layout() + ", " + read.messages().size() + " messages over "
                + (long) read.seconds() + " s, played in at least " + seconds + " s"
                + (read.note().isEmpty() ? "" : " (" + read.note() + ")"));
        out().flush();
    }

    private void tell(List<String> problems) {
        problems.stream().limit(MOST_SHOWN).forEach(problem -> err().println("care replay: " + problem));
        if (problems.size() > MOST_SHOWN) {
            err().println("care replay: and " + (problems.size() - MOST_SHOWN) + " more");
        }
        err().flush();
    }

    private ProgressBar bar(int messages) {
        return new ProgressBarBuilder()
                .setTaskName("replay")
                .setInitialMax(messages)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(250)
                .setConsumer(new ConsoleProgressBarConsumer(System.err, 80))
                .build();
    }
}
