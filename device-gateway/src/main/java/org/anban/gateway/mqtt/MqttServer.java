package org.anban.gateway.mqtt;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.anban.contracts.device.DeviceDirectory;
import org.anban.gateway.admission.Admission;
import org.anban.gateway.command.Commands;
import org.anban.gateway.intake.Intake;
import org.anban.gateway.packet.Limits;
import org.anban.gateway.packet.PacketGuard;
import org.anban.gateway.session.Sessions;
import org.anban.kit.config.StartException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The MQTT listener: one verticle an event loop, all on one port. */
public final class MqttServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MqttServer.class);
    private static final int LARGEST_CONNECT = 16 * 1024;
    private static final int ACCEPT_BACKLOG = 4_096;
    private static final int MOST_BYTES_EVER = 256 * 1024 * 1024;
    private static final int LONGEST_CLIENT_ID = 64;
    private static final long PATIENCE_SECONDS = 30;

    /** What the listener stands on. */
    public record Outside(Intake.Parts intake, Sessions sessions, Commands commands, DeviceDirectory directory) {}

    /** What the docks share. */
    record Parts(
            Intake.Parts intake,
            Admission admission,
            Sessions sessions,
            Commands commands,
            WorkerExecutor workers,
            Limits limits) {}

    private final Vertx vertx;
    private final Rounds rounds;
    private final Parts parts;
    private int port;
    private String deployment = "";

    private MqttServer(Vertx vertx, Parts parts, Rounds rounds) {
        this.vertx = vertx;
        this.parts = parts;
        this.rounds = rounds;
    }

    /**
     * Starts listening.
     *
     * @throws StartException if the port is taken
     */
    public static MqttServer start(
            Vertx vertx, MqttConfig config, Outside outside, Admission admission, MeterRegistry metrics) {
        Parts parts = new Parts(
                outside.intake(),
                admission,
                outside.sessions(),
                outside.commands(),
                vertx.createSharedWorkerExecutor("gateway", 4),
                config.limits());
        Rounds rounds = new Rounds(outside.sessions(), outside.directory(), outside.commands(), metrics);
        MqttServer server = new MqttServer(vertx, parts, rounds);
        server.listen(config);
        log.info("listening for MQTT on {}:{}", config.host(), server.port());
        return server;
    }

    private void listen(MqttConfig config) {
        try {
            port = config.port() == 0 ? freePort(config.host()) : config.port();
            DeploymentOptions options = new DeploymentOptions().setInstances(config.eventLoops());
            deployment = vertx.deployVerticle(() -> new Listener(config, port), options)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException | IOException e) {
            rounds.close();
            parts.workers().close();
            throw new StartException("cannot listen for MQTT on " + config.host() + ":" + config.port(), e);
        }
    }

    /** Listeners share a port only if all of them name it. */
    private static int freePort(String host) throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return probe.getLocalPort();
        }
    }

    public int port() {
        return port;
    }

    /** Why it is not well, if it is not. */
    public Optional<String> problem(Duration limit) {
        return rounds.problem(limit);
    }

    /** A command was taken in: look for it now. */
    public void hurryCommands() {
        rounds.hurry();
    }

    @Override
    public void close() {
        rounds.close();
        try {
            vertx.undeploy(deployment)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the MQTT listener does not stop", e);
        }
        parts.workers().close();
    }

    /** The listener of one event loop. */
    private final class Listener extends VerticleBase {
        private final MqttConfig config;
        private final int shared;
        private @Nullable Dock dock;

        Listener(MqttConfig config, int shared) {
            this.config = config;
            this.shared = shared;
        }

        @Override
        public Future<?> start() {
            NetServerOptions options = new NetServerOptions()
                    .setHost(config.host())
                    .setPort(shared)
                    .setTcpNoDelay(true)
                    .setTcpKeepAlive(true)
                    .setAcceptBacklog(ACCEPT_BACKLOG);
            NetServer server = vertx.createNetServer(options);
            return server.connectHandler(this::accept).listen();
        }

        @Override
        public Future<?> stop() {
            Dock all = dock;
            if (all != null) {
                all.closeAll();
            }
            return Future.succeededFuture();
        }

        /** On the event loop of the new channel, which is the same for all of one listener. */
        private void accept(NetSocket socket) {
            ChannelHandlerContext vertxHandler = ((NetSocketInternal) socket).channelHandlerContext();
            if (dock == null) {
                dock = new Dock(vertxHandler.channel().eventLoop(), parts);
            }
            ChannelPipeline pipeline = vertxHandler.pipeline();
            PacketGuard guard =
                    new PacketGuard(Math.min(LARGEST_CONNECT, config.limits().packetBytes()));
            String before = vertxHandler.name();
            pipeline.addBefore(before, "guard", guard);
            pipeline.addBefore(before, "encoder", MqttEncoder.INSTANCE);
            pipeline.addBefore(before, "decoder", new MqttDecoder(MOST_BYTES_EVER, LONGEST_CLIENT_ID));
            Connection connection = new Connection(dock, pipeline.context("decoder"), guard);
            pipeline.addBefore(before, "connection", connection);
            dock.opened(connection);
        }
    }
}
