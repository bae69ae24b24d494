package org.anban.launcher;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.anban.alert.notice.NoticeConfig;
import org.anban.gateway.packet.Limits;
import org.anban.kit.config.Settings;
import org.anban.kit.config.StartException;
import org.anban.simulator.district.District;
import org.anban.simulator.district.DistrictPlan;
import org.anban.simulator.phone.PhoneBoard;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./care demo}: the whole system with a small district living in it. */
@Command(
        name = "demo",
        description = "start everything on this machine, with a small invented district",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @Option(names = "--no-simulator", description = "without the residents' devices")
    private boolean withoutSimulator;

    @Override
    public Integer call() throws Exception {
        Place place = Place.of(Settings.ofProcess());
        place.doors().requireFree();
        if (!withoutSimulator && place.doors().mqttPort() == 0) {
            throw new StartException("the demo's devices need CARE_MQTT_PORT; --no-simulator starts without them");
        }
        if (withoutSimulator) {
            run(place, () -> {});
            return 0;
        }
        String secret = FreshPassword.make() + FreshPassword.make();
        try (PhoneBoard phones = PhoneBoard.start(
                0, secret, InstantSource.system(), ring -> System.out.println("  phone  " + ring.words()))) {
            URI url = phones.url();
            run(place.webhook() == null ? place.with(webhook(url, secret)) : place, () -> {});
        }
        return 0;
    }

    private static NoticeConfig.Webhook webhook(URI url, String secret) {
        return new NoticeConfig.Webhook(url, secret, Duration.ofSeconds(5));
    }

    private void run(Place place, AutoCloseable nothing) throws InterruptedException {
        System.out.println("Starting the database and the services …");
        Running running = Running.start(place, null, Limits.DEFAULT.longestKeepAlive());
        AutoCloseable first = nothing;
        DemoFile demo;
        try {
            demo = new DemoSeed(running.system(), place.home()).sow();
            if (!withoutSimulator) {
                first = District.start(
                        DistrictPlan.DEFAULT,
                        org.anban.simulator.demo.DemoFile.read(place.home()),
                        place.home(),
                        InstantSource.system());
            }
        } catch (RuntimeException e) {
            running.close();
            throw e;
        }
        System.out.println(new DemoScreen(demo, place, !withoutSimulator).text());
        running.untilSignal(first);
    }
}
