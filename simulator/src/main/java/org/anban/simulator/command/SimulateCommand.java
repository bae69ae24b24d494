package org.anban.simulator.command;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.anban.simulator.demo.DemoFile;
import org.anban.simulator.district.District;
import org.anban.simulator.district.DistrictPlan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code care simulate}: the district on its own, against a demo that was started with {@code --no-simulator}. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = "Let the demo's district live its day until this is interrupted.")
public final class SimulateCommand extends DemoCommand {
    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "the same seed, the same people (default: ${DEFAULT-VALUE})")
    private long seed = DistrictPlan.DEFAULT.seed();

    @Option(
            names = "--speed",
            paramLabel = "N",
            description =
                    "the residents' day passes N times as fast; devices still speak as often (default: ${DEFAULT-VALUE})")
    private double speed = 1;

    @Option(
            names = "--rare-events",
            paramLabel = "N",
            description = "falls and pressed buttons for each watch and day (default: none)")
    private double rareEvents;

    @Option(names = "--no-backfill", description = "do not deliver the last 24 hours of heart rate first")
    private boolean noBackfill;

    @Option(names = "--truth", paramLabel = "FILE", description = "keep the ground truth, one JSON object a line")
    private @Nullable Path truth;

    @Option(names = "--minutes", paramLabel = "N", description = "end by itself after so long (default: never)")
    private long minutes;

    public SimulateCommand(Surroundings around) {
        super(around);
    }

    @Override
    void check(DemoFile demo) {
        plan();
    }

    @Override
    boolean play(DemoFile demo) throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        try (District district = District.start(plan(), demo, around.careHome(), around.time())) {
            Thread closing = new Thread(district::close, "district-close");
            Runtime.getRuntime().addShutdownHook(closing);
            out().println("a district of " + district.devices() + " devices lives at " + demo.mqttUrl()
                    + "; end it with Ctrl-C");
            out().flush();
            if (minutes > 0) {
                end.await(minutes, TimeUnit.MINUTES);
            } else {
                end.await();
            }
            Runtime.getRuntime().removeShutdownHook(closing);
            out().println(district.connected() + " of " + district.devices() + " devices are connected at the end");
            out().flush();
            return district.connected() == district.devices();
        }
    }

    private DistrictPlan plan() {
        return new DistrictPlan(seed, speed, rareEvents, !noBackfill, DistrictPlan.DEFAULT.zone(), truth);
    }
}
