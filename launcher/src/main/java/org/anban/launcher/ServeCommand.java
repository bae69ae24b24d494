package org.anban.launcher;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.anban.gateway.packet.Limits;
import org.anban.gateway.source.Quota;
import org.anban.kit.config.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./care serve}: the demo without its screen and its simulator, for measurements and tests of death. */
@Command(
        name = "serve",
        description = "the demo's services alone; prints 'ready' once they are",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    private static final int NO_QUOTA = 1_000_000;

    @Option(
            names = "--load-devices",
            description = "also register so many devices, each with a resident of its own and no telemetry quota, and"
                    + " write their keys to load-devices.json")
    private int loadDevices;

    @Option(
            names = "--no-demo",
            description =
                    "without the demo district: what is on the database already is served, demo.json is not written")
    private boolean withoutDemo;

    @Option(
            names = "--longest-keep-alive",
            description = "seconds that MQTT 5 devices are told if they ask for more (default: ${DEFAULT-VALUE})")
    private long longestKeepAlive = Limits.DEFAULT.longestKeepAlive().toSeconds();

    @Override
    public Integer call() throws Exception {
        Place place = Place.of(Settings.ofProcess());
        Quota.Limit quota = loadDevices > 0 ? new Quota.Limit(NO_QUOTA, NO_QUOTA) : null;
        Running running = Running.start(place, quota, Duration.ofSeconds(longestKeepAlive));
        try {
            if (!withoutDemo) {
                new DemoSeed(running.system(), place.home()).sow();
            }
            if (loadDevices > 0) {
                new LoadDevices(running.system(), place.home()).register(loadDevices);
            }
        } catch (RuntimeException e) {
            running.close();
            throw e;
        }
        System.out.println("ready");
        running.untilSignal(() -> {});
        return 0;
    }
}
