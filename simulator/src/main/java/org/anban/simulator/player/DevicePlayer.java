package org.anban.simulator.player;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.anban.simulator.SimulatorException;
import org.anban.simulator.demo.DemoDevice;
import org.anban.simulator.demo.DeviceLoan;
import org.anban.simulator.wire.DeviceLink;
import org.anban.simulator.wire.LinkSettings;

/** One device, connected and borrowed from the district for as long as this is open. */
public final class DevicePlayer implements AutoCloseable {
    private static final int PROBE_MILLIS = 3_000;

    private final DemoDevice device;
    private final DeviceLoan loan;
    private final ScheduledExecutorService executor;
    private final DeviceLink link;

    private DevicePlayer(DemoDevice device, DeviceLoan loan, URI broker) {
        this.device = device;
        this.loan = loan;
        this.executor = Executors.newScheduledThreadPool(1, work -> {
            Thread thread = new Thread(work, "player-" + device.id());
            thread.setDaemon(true);
            return thread;
        });
        this.link = DeviceLink.open(LinkSettings.of(broker, device.id(), device.key()), executor);
    }

    /** @throws SimulatorException when nobody answers there, the key is refused or it takes too long */
    public static DevicePlayer connect(DemoDevice device, URI broker, Path careHome, Duration within) {
        probe(broker);
        DevicePlayer player = new DevicePlayer(device, DeviceLoan.take(careHome, device.id()), broker);
        try {
            await(player.link.firstConnect(), within, broker + " did not accept " + device.id());
            return player;
        } catch (SimulatorException e) {
            player.close();
            throw e;
        }
    }

    public DemoDevice device() {
        return device;
    }

    /**
     * Publishes at QoS 1 and waits for the acknowledgement.
     *
     * @return how long it took
     * @throws SimulatorException when it was refused or did not come in time
     */
    public Duration say(String leaf, byte[] payload, Duration within) {
        long before = System.nanoTime();
        await(link.send(leaf, payload), within, "no acknowledgement for " + device.id());
        return Duration.ofNanos(System.nanoTime() - before);
    }

    /** Publishes at QoS 1; the acknowledgement comes later. */
    public CompletableFuture<Void> say(String leaf, byte[] payload) {
        return link.send(leaf, payload);
    }

    /** Ends its connection and keeps it borrowed: it is silent until this is closed. */
    public void hangUp() {
        link.close();
    }

    @Override
    public void close() {
        link.close();
        executor.shutdownNow();
        loan.close();
    }

    private static void probe(URI broker) {
        int port = broker.getPort() < 0 ? 1883 : broker.getPort();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(broker.getHost(), port), PROBE_MILLIS);
        } catch (IOException e) {
            throw new SimulatorException("nobody answers at " + broker + ": is the demo running?", e);
        }
    }

    private static void await(CompletableFuture<Void> done, Duration within, String otherwise) {
        try {
            done.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw cause instanceof SimulatorException ours ? ours : new SimulatorException(otherwise, cause);
        } catch (TimeoutException e) {
            throw new SimulatorException(otherwise + " within " + within.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SimulatorException("interrupted", e);
        }
    }
}
