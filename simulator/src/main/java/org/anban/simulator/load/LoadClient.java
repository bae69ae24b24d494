package org.anban.simulator.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.anban.simulator.SimulatorException;
import org.jspecify.annotations.Nullable;

/**
 * Publishes pre-encoded messages at QoS 1 over many connections, and measures the acknowledgements and its own cost.
 * Connections stay open between rounds. Not for use by several threads at once.
 */
public final class LoadClient implements AutoCloseable {
    private static final int CONNECTING_AT_ONCE = 200;
    private static final int RECEIVE_BYTES = 4_096;
    private static final int SPARE_FILES = 256;
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(15);

    private record Device(Channel channel, PublisherConnection connection) {}

    private final LoadPlan plan;
    private final LoadLoops loops;
    private final Map<EventLoop, List<Device>> devices = new LinkedHashMap<>();

    private LoadClient(LoadPlan plan) {
        this.plan = plan;
        this.loops = new LoadLoops("load-" + plan.shape().name(), plan.threads(), RECEIVE_BYTES);
    }

    /**
     * Opens every connection of the plan.
     *
     * @throws SimulatorException when any was refused or did not come about in time, or this process may not open so many files
     */
    public static LoadClient connect(LoadPlan plan, Duration within) throws InterruptedException {
        LoadLoops.requireOpenFiles(plan.shape().connections() + SPARE_FILES);
        LoadClient client = new LoadClient(plan);
        try {
            client.open(within);
            return client;
        } catch (RuntimeException | InterruptedException e) {
            client.close();
            throw e;
        }
    }

    /** Runs one round and waits for its end: all acknowledged, or time is over and a grace of 15 s too. */
    public LoadResult publish(LoadBudget budget) throws InterruptedException {
        LoadRound round = new LoadRound(budget, devices.size());
        long cpuBefore = ownCpuNanos();
        Map<EventLoop, LoopShare> shares = new LinkedHashMap<>();
        double rate = (double) budget.ratePerSecond() / devices.size();
        devices.forEach((loop, own) -> {
            LoopShare share = new LoopShare(round, rate, System.nanoTime());
            shares.put(loop, share);
            loop.execute(() -> begin(share, own));
        });
        var pacers = shares.entrySet().stream()
                .map(each -> each.getKey()
                        .scheduleAtFixedRate(() -> pace(round, each.getValue()), 1, 1, TimeUnit.MILLISECONDS))
                .toList();
        round.awaitLoops(budget.atMost().toNanos() + GRACE_NANOS);
        pacers.forEach(pacer -> pacer.cancel(false));
        shares.forEach((loop, share) -> loop.submit(share::stop).awaitUninterruptibly());
        return result(round, List.copyOf(shares.values()), ownCpuNanos() - cpuBefore);
    }

    public int connections() {
        return devices.values().stream().mapToInt(List::size).sum();
    }

    @Override
    public void close() {
        devices.forEach((loop, own) -> loop.submit(() -> own.forEach(device -> device.connection.disconnect()))
                .awaitUninterruptibly(5, TimeUnit.SECONDS));
        loops.close();
    }

    private void open(Duration within) throws InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        Semaphore permits = new Semaphore(CONNECTING_AT_ONCE);
        ConcurrentLinkedQueue<String> problems = new ConcurrentLinkedQueue<>();
        int wanted = plan.shape().connections();
        for (int i = 0; i < wanted && problems.isEmpty(); i++) {
            await(permits, 1, deadline, problems);
            connectOne(i, problem -> {
                if (problem != null) {
                    problems.add(problem);
                }
                permits.release();
            });
        }
        await(permits, CONNECTING_AT_ONCE, deadline, problems);
        if (!problems.isEmpty()) {
            throw new SimulatorException("could not open " + wanted + " connections to " + plan.host() + ":"
                    + plan.port() + ": " + problems.peek());
        }
    }

    private static void await(Semaphore permits, int count, long deadline, ConcurrentLinkedQueue<String> problems)
            throws InterruptedException {
        if (!permits.tryAcquire(count, deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            problems.add("not accepted in time");
        }
    }

    private void connectOne(int index, java.util.function.Consumer<@Nullable String> greeted) {
        LoadCredential who = plan.credentials().get(index);
        var connection =
                new PublisherConnection(who, plan, index % plan.payloads().size(), loops.buffers(), greeted);
        Bootstrap bootstrap = loops.bootstrap().handler(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(connection);
            }
        });
        var connecting = bootstrap.connect(plan.host(), plan.port());
        Channel channel = connecting.channel();
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                greeted.accept(done.cause().getMessage());
            }
        });
        devices.computeIfAbsent(channel.eventLoop(), loop -> new ArrayList<>()).add(new Device(channel, connection));
    }

    private static void begin(LoopShare share, List<Device> own) {
        own.forEach(device -> device.connection.begin(share));
        share.stopIfNobodyJoined();
        share.finishIfDone();
    }

    private static void pace(LoadRound round, LoopShare share) {
        long now = System.nanoTime();
        if (round.overdue(now)) {
            round.stopSending();
            share.stop();
        } else if (share.paced()) {
            share.refill(now);
            share.finishIfDone();
        }
    }

    private static LoadResult result(LoadRound round, List<LoopShare> shares, long cpuNanos) {
        Histogram all = shares.get(0).latencies.copy();
        shares.stream().skip(1).forEach(share -> all.add(share.latencies));
        long first = shares.stream().mapToLong(LoopShare::firstSendNanos).min().orElseThrow();
        long last = shares.stream().mapToLong(LoopShare::lastAckNanos).max().orElseThrow();
        List<String> problems = new ArrayList<>();
        round.problems().forEach(problems::add);
        return new LoadResult(
                shares.stream().mapToLong(LoopShare::sent).sum(),
                shares.stream().mapToLong(LoopShare::acknowledgedCount).sum(),
                Duration.ofNanos(Math.max(0, last - first)),
                all,
                Duration.ofNanos(cpuNanos),
                round.lostConnections(),
                problems);
    }

    private long ownCpuNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long total = 0;
        for (EventLoop loop : devices.keySet()) {
            total += loop.submit(() -> threads.getCurrentThreadCpuTime())
                    .awaitUninterruptibly()
                    .getNow();
        }
        return total;
    }
}
