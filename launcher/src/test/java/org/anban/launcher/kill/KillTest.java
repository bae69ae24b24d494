package org.anban.launcher.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.anban.kit.testing.Eventually;
import org.anban.simulator.phone.PhoneBoard;
import org.anban.simulator.phone.Ring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL at random moments under load, every other time to the database server too. {@code -Dkill.rounds=200} kills more
 * often; {@code -Dkill.seed=N} makes the same choices again.
 */
final class KillTest {
    private static final int ROUNDS = Integer.getInteger("kill.rounds", 20);
    private static final long SEED = Long.getLong("kill.seed", System.nanoTime());
    private static final int MEASURING = 30;
    private static final int EVERY_MILLIS = 50;
    private static final int SINGLE_PRESSES = 8;
    private static final int LONGEST_BURST_MILLIS = 400;
    private static final String SECRET = "a secret of the telephone company";

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);
    private final Acknowledged acknowledged = new Acknowledged();
    private final List<Gadget> crowd = new ArrayList<>();
    private final Set<String> pressedOnce = new HashSet<>();

    @Test
    void nothingThatWasAcknowledgedIsLostHoweverOftenItIsKilled() throws Exception {
        System.out.printf("kill.rounds=%d kill.seed=%d%n", ROUNDS, SEED);
        int devices = MEASURING + ROUNDS * SINGLE_PRESSES;
        try (PhoneBoard phones = PhoneBoard.start(0, SECRET, InstantSource.system(), ring -> {});
                Victim victim = new Victim(
                        folder,
                        Map.of("CARE_WEBHOOK_URL", phones.url().toString(), "CARE_WEBHOOK_SECRET", SECRET),
                        List.of("--load-devices", String.valueOf(devices)))) {
            victim.start();
            try (Operator operator =
                    new Operator(victim.httpUrl(), victim.demo().getJsonObject("supervisor"), new Random(SEED + 1))) {
                killAgainAndAgain(victim);
                settle();
                operator.leave();
                report(victim, operator);
                judge(victim, operator, phones);
            }
        } catch (AssertionError failure) {
            throw new AssertionError("with -Dkill.rounds=" + ROUNDS + " -Dkill.seed=" + SEED, failure);
        } finally {
            crowd.forEach(Gadget::close);
        }
    }

    private void killAgainAndAgain(Victim victim) throws IOException, InterruptedException {
        List<Map.Entry<String, String>> keys = List.copyOf(victim.loadDevices().entrySet());
        List<Map.Entry<String, String>> falls =
                List.copyOf(victim.demoDevices("fall").entrySet());
        List<Map.Entry<String, String>> buttons =
                List.copyOf(victim.demoDevices("button").entrySet());
        for (int i = 0; i < MEASURING; i++) {
            gadget(victim, keys.get(i), EVERY_MILLIS);
        }
        List<Gadget> measuring = List.copyOf(crowd);
        for (int round = 0; round < ROUNDS; round++) {
            long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200 + random.nextInt(1_000));
            while (System.nanoTime() < until) {
                measuring.get(random.nextInt(measuring.size())).press("sos");
                pause(20 + random.nextInt(100));
            }
            for (int i = 0; i < SINGLE_PRESSES; i++) {
                pressOnce(victim, keys.get(MEASURING + round * SINGLE_PRESSES + i));
            }
            pressAndLeave(victim, falls.get(round % falls.size()), "fall");
            pressAndLeave(victim, buttons.get(round % buttons.size()), "sos");
            pause(random.nextInt(LONGEST_BURST_MILLIS)); // and in the middle of what these cause:
            kill(victim, round);
            victim.start();
        }
    }

    /** By turns the process alone and its server too, in either order; every fifth time also while it starts. */
    private void kill(Victim victim, int round) throws InterruptedException, IOException {
        if (round % 5 == 4) {
            victim.kill();
            victim.launch();
            pause(random.nextInt(6_000));
        }
        boolean serverFirst = random.nextBoolean();
        if (round % 2 == 1 && serverFirst) {
            victim.server().kill();
            pause(random.nextInt(300));
        }
        victim.kill();
        if (round % 2 == 1 && !serverFirst) {
            pause(random.nextInt(300));
            victim.server().kill();
        }
    }

    private void pressOnce(Victim victim, Map.Entry<String, String> device) {
        pressedOnce.add("resident:" + device.getKey());
        pressAndLeave(victim, device, "sos");
    }

    private void pressAndLeave(Victim victim, Map.Entry<String, String> device, String type) {
        Gadget gadget = gadget(victim, device, 0);
        gadget.press(type);
        gadget.fallSilent();
    }

    private Gadget gadget(Victim victim, Map.Entry<String, String> device, int everyMillis) {
        crowd.removeIf(other -> {
            boolean leaves = other.isDone();
            if (leaves) {
                other.close();
            }
            return leaves;
        });
        Gadget gadget = new Gadget(device, List.of(victim.mqttPort()), everyMillis, acknowledged);
        crowd.add(gadget);
        return gadget;
    }

    private void settle() {
        crowd.forEach(Gadget::fallSilent);
        Eventually.until("all devices got rid of what they had", Duration.ofSeconds(60), () -> crowd.stream()
                .allMatch(Gadget::isDone));
    }

    private void report(Victim victim, Operator operator) {
        List<Duration> starts = victim.starts().stream().skip(1).sorted().toList();
        System.out.printf(
                "%d kills; %s; %d incidents closed; restart ms: median %d, longest %d%n",
                ROUNDS + ROUNDS / 5,
                acknowledged,
                operator.closed().size(),
                starts.get(starts.size() / 2).toMillis(),
                starts.get(starts.size() - 1).toMillis());
    }

    private void judge(Victim victim, Operator operator, PhoneBoard phones) throws Exception {
        try (Connection connection = victim.server().connect()) {
            Evidence evidence = new Evidence(connection);
            evidence.everyConsumerCatchesUp();
            StoredLog log = evidence.everythingAcknowledgedIsInTheLog(acknowledged);
            evidence.readingsAreStoredAsTheyAreInTheLog(log);
            evidence.everyAlarmHasExactlyOneIncident(log);
            evidence.eachHasOneIncident(pressedOnce, "SOS");
            evidence.whatWasClosedStayedClosed(operator.closed());
            evidence.everyTakeIsToldOnce(operator.taken());
            evidence.noDeadlineIsLost();
            evidence.noDeadlineActedTwice();
            evidence.noNoticeIsLost(
                    () -> phones.rings().stream().map(Ring::notice).collect(Collectors.toSet()));
        }
        assertThat(operator.closed()).as("the operator had something to do").isNotEmpty();
        assertThat(operator.unexpected()).isEmpty();
        assertThat(acknowledged.lostSessions())
                .as("sessions that were forgotten")
                .isZero();
        assertThat(phones.rings()).as("telephones rang").isNotEmpty();
    }

    private static void pause(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
