package org.anban.gateway.mqtt;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.anban.contracts.device.DeviceDirectory;
import org.anban.gateway.admission.Admission;
import org.anban.gateway.codec.PacketDecoder;
import org.anban.gateway.command.Commands;
import org.anban.gateway.credential.DeviceCredentials;
import org.anban.gateway.intake.Intake;
import org.anban.gateway.listener.Listeners;
import org.anban.gateway.packet.Limits;
import org.anban.gateway.session.Sessions;
import org.anban.gateway.will.Wills;
import org.anban.kit.config.StartException;
import org.anban.kit.tls.Certificates;
import org.anban.kit.tls.TlsFiles;
import org.jspecify.annotations.Nullable;

/** What speaks MQTT: docks on a few event loops, behind all open ports. */
public final class MqttServer implements AutoCloseable {
    private static final int LARGEST_CONNECT = 16 * 1024;
    private static final int FRAME_ROOM = 16 * 1024;
    private static final long PATIENCE_SECONDS = 30;

    /** What it stands on. */
    public record Outside(
            Intake.Parts intake,
            Sessions sessions,
            Commands commands,
            DeviceDirectory directory,
            DeviceCredentials credentials) {}

    /** What the docks share. */
    record Parts(
            Intake.Parts intake,
            Admission admission,
            Sessions sessions,
            Commands commands,
            WorkerExecutor workers,
            Limits limits,
            Wills wills) {}

    private final Rounds rounds;
    private final Parts parts;
    private final List<Dock> docks;
    private final @Nullable Certificates certificates;
    private final Listeners listeners;

    private MqttServer(
            Vertx vertx, MqttConfig config, Parts parts, Rounds rounds, @Nullable Certificates certificates) {
        this.parts = parts;
        this.certificates = certificates;
        this.rounds = rounds;
        List<EventLoop> loops = Listeners.loops(vertx, config.eventLoops());
        this.docks = loops.stream().map(loop -> new Dock(loop, parts)).toList();
        List<Listeners.Reception> receptions = docks.stream()
                .map(dock -> (Listeners.Reception) channel -> receive(channel, dock))
                .toList();
        int largestFrame = config.limits().packetBytes() + FRAME_ROOM;
        this.listeners = Listeners.open(
                vertx, new Listeners.Parts(config.endpoints(), certificates, largestFrame), loops, receptions);
    }

    /**
     * Starts listening.
     *
     * @throws StartException if a port is taken, or a certificate cannot be used
     */
    public static MqttServer start(
            Vertx vertx, MqttConfig config, Outside outside, Admission admission, MeterRegistry metrics) {
        TlsFiles files = config.tls();
        Certificates certificates = files == null
                ? null
                : Certificates.open(files, "mqtt", outside.intake().time(), metrics);
        Parts parts = new Parts(
                outside.intake(),
                admission,
                outside.sessions(),
                outside.commands(),
                vertx.createSharedWorkerExecutor("gateway", 4),
                config.limits(),
                new Wills(outside.intake().log(), outside.intake().time()));
        Rounds rounds = new Rounds(outside, metrics);
        try {
            return new MqttServer(vertx, config, parts, rounds, certificates);
        } catch (StartException e) {
            rounds.close();
            parts.workers().close();
            if (certificates != null) {
                certificates.close();
            }
            throw e;
        }
    }

    /** The MQTT end of a new connection's pipeline. */
    private static void receive(Channel channel, Dock dock) {
        ChannelPipeline pipeline = channel.pipeline();
        if (pipeline.get(ByteToMessageDecoder.class) == null) { // no other layer collects what was read
            channel.config().setRecvByteBufAllocator(dock.receive());
        }
        PacketDecoder decoder = new PacketDecoder(
                Math.min(LARGEST_CONNECT, dock.parts().limits().packetBytes()));
        pipeline.addLast("decoder", decoder);
        Connection connection = new Connection(dock, pipeline.context("decoder"), decoder);
        pipeline.addLast("connection", connection);
        dock.opened(connection);
    }

    /** Of the first endpoint. */
    public int port() {
        return listeners.port(0);
    }

    /** Of the endpoint at that place of the configuration. */
    public int port(int endpoint) {
        return listeners.port(endpoint);
    }

    /** Why it is not well, if it is not. */
    public Optional<String> problem(Duration limit) {
        return rounds.problem(limit)
                .or(() -> certificates == null
                        ? Optional.empty()
                        : certificates.problem().map(problem -> "TLS: " + problem));
    }

    /** A command was taken in: look for it now. */
    public void hurryCommands() {
        rounds.hurry();
    }

    @Override
    public void close() {
        rounds.close();
        listeners.close();
        try {
            CompletableFuture.allOf(docks.stream().map(Dock::close).toArray(CompletableFuture[]::new))
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the MQTT listener does not stop", e);
        }
        parts.wills().tellAll();
        parts.workers().close();
        if (certificates != null) {
            certificates.close();
        }
    }
}
