package org.anban.simulator.load;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.anban.simulator.SimulatorException;
import org.jspecify.annotations.Nullable;

/** Many devices that are connected and idle: what connections alone cost the other side. */
public final class IdleCrowd implements AutoCloseable {
    private static final int CONNECTING_AT_ONCE = 100;
    private static final int RECEIVE_BYTES = 64;
    private static final int SPARE_FILES = 64;
    private static final int DEVICES_AN_ADDRESS = 10_000;

    /**
     * Who connects where.
     *
     * @param keepAliveSeconds of every device; it pings twice in that time
     */
    public record Plan(String host, int port, List<LoadCredential> credentials, int keepAliveSeconds) {
        public Plan {
            credentials = List.copyOf(credentials);
            if (credentials.isEmpty() || keepAliveSeconds < 2) {
                throw new IllegalArgumentException("an idle crowd: at least one device, keep alive of at least 2 s");
            }
        }
    }

    private record Member(Channel channel, IdleDevice device) {}

    private final Plan plan;
    private final LoadLoops loops = new LoadLoops("idle", 1, RECEIVE_BYTES);
    private final List<Member> members = new ArrayList<>();
    private int pinged;

    private IdleCrowd(Plan plan) {
        this.plan = plan;
    }

    /** How many more connections this process may open. */
    public static int room() {
        return (int) Math.min(Integer.MAX_VALUE, LoadLoops.spareOpenFiles() - SPARE_FILES);
    }

    /**
     * Connects every device, from several loopback addresses where one has too few ports.
     *
     * @throws SimulatorException when any was refused or did not come about in time, or this process may not open so many files
     */
    public static IdleCrowd connect(Plan plan, Duration within) throws InterruptedException {
        LoadLoops.requireOpenFiles(plan.credentials().size() + SPARE_FILES);
        IdleCrowd crowd = new IdleCrowd(plan);
        try {
            crowd.open(within);
            return crowd;
        } catch (RuntimeException | InterruptedException e) {
            crowd.close();
            throw e;
        }
    }

    private void open(Duration within) throws InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        Semaphore permits = new Semaphore(CONNECTING_AT_ONCE);
        ConcurrentLinkedQueue<String> problems = new ConcurrentLinkedQueue<>();
        Consumer<@Nullable String> greeted = problem -> {
            if (problem != null) {
                problems.add(problem);
            }
            permits.release();
        };
        for (int i = 0; i < plan.credentials().size() && problems.isEmpty(); i++) {
            await(permits, 1, deadline, problems);
            members.add(connectOne(i, greeted));
        }
        await(permits, CONNECTING_AT_ONCE, deadline, problems);
        if (!problems.isEmpty()) {
            throw new SimulatorException("could not open " + plan.credentials().size() + " connections to "
                    + plan.host() + ":" + plan.port() + ": " + problems.peek());
        }
        members.get(0).channel.eventLoop().scheduleAtFixedRate(this::ping, 1, 1, TimeUnit.SECONDS);
    }

    private static void await(Semaphore permits, int count, long deadline, ConcurrentLinkedQueue<String> problems)
            throws InterruptedException {
        if (!permits.tryAcquire(count, deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            problems.add("not accepted in time");
        }
    }

    private Member connectOne(int index, Consumer<@Nullable String> greeted) {
        IdleDevice device = new IdleDevice(plan.credentials().get(index), plan.keepAliveSeconds(), greeted);
        var connecting = loops.bootstrap()
                .handler(device)
                .connect(
                        new InetSocketAddress(plan.host(), plan.port()),
                        new InetSocketAddress("127.0.0." + (1 + index / DEVICES_AN_ADDRESS), 0));
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                greeted.accept(done.cause().getMessage());
            }
        });
        return new Member(connecting.channel(), device);
    }

    /** Each second a share of all, so that each has its turn twice in a keep alive. */
    private void ping() {
        int share = members.size() * 2 / plan.keepAliveSeconds() + 1;
        for (int i = 0; i < share; i++) {
            members.get(pinged).device.ping();
            pinged = (pinged + 1) % members.size();
        }
    }

    /** How many connections are open, as far as this side knows. */
    public int open() {
        return (int)
                members.stream().filter(member -> member.channel.isActive()).count();
    }

    /** The first devices go silent without closing anything. Nothing of them is sent from the return of this on. */
    public void vanish(int count) {
        members.get(0)
                .channel
                .eventLoop()
                .submit(() ->
                        members.subList(0, Math.min(count, members.size())).forEach(member -> member.device.vanish()))
                .awaitUninterruptibly();
    }

    @Override
    public void close() {
        members.forEach(member -> member.channel.close());
        loops.close();
    }
}
