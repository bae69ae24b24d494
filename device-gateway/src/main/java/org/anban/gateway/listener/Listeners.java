package org.anban.gateway.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.anban.kit.config.StartException;
import org.anban.kit.tls.Certificates;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open ports, on event loops of Vert.x but without its sockets, which cost an idle connection more than all the rest
 * (docs/decisions/0009). Every connection stays on the loop that it was given to.
 */
public final class Listeners implements AutoCloseable {
    /**
     * What is opened.
     *
     * @param certificates null if no endpoint is secure
     * @param largestFrame of a WebSocket, in bytes
     */
    public record Parts(List<Endpoint> endpoints, @Nullable Certificates certificates, int largestFrame) {}

    /** Takes over what is MQTT. */
    @FunctionalInterface
    public interface Reception {
        /** Adds the handlers that want MQTT's bytes; on the event loop of the channel. */
        void receive(Channel channel);
    }

    private static final Logger log = LoggerFactory.getLogger(Listeners.class);
    private static final int ACCEPT_BACKLOG = 4_096;

    private final Parts parts;
    private final @Nullable Tls tls;
    private final List<Channel> open = new ArrayList<>();

    private Listeners(Parts parts) {
        this.parts = parts;
        this.tls = parts.certificates() == null ? null : new Tls(parts.certificates());
    }

    /** Event loops for connections. They end with Vert.x. */
    public static List<EventLoop> loops(Vertx vertx, int count) {
        return Stream.generate(
                        () -> ((VertxInternal) vertx).createEventLoopContext().nettyEventLoop())
                .limit(count)
                .toList();
    }

    /**
     * Opens all ports.
     *
     * @param receptions one for each event loop
     * @throws StartException if one cannot be opened; then none is
     */
    public static Listeners open(Vertx vertx, Parts parts, List<EventLoop> loops, List<Reception> receptions) {
        Listeners listeners = new Listeners(parts);
        try {
            for (Endpoint endpoint : parts.endpoints()) {
                listeners.listen((VertxInternal) vertx, endpoint, listeners.berths(endpoint, loops, receptions));
            }
            return listeners;
        } catch (RuntimeException e) {
            listeners.close();
            throw e;
        }
    }

    private List<Acceptor.Berth> berths(Endpoint endpoint, List<EventLoop> loops, List<Reception> receptions) {
        List<Acceptor.Berth> berths = new ArrayList<>();
        for (int i = 0; i < loops.size(); i++) {
            Pipeline pipeline = new Pipeline(endpoint.kind(), tls, parts.largestFrame(), receptions.get(i));
            berths.add(new Acceptor.Berth(loops.get(i), pipeline));
        }
        return berths;
    }

    private void listen(VertxInternal vertx, Endpoint endpoint, List<Acceptor.Berth> berths) {
        ServerChannel channel = vertx.transport().serverChannelFactory(false).newChannel();
        channel.config().setOption(ChannelOption.SO_BACKLOG, ACCEPT_BACKLOG);
        channel.config().setOption(ChannelOption.SO_REUSEADDR, true);
        channel.pipeline().addLast(new Acceptor(berths));
        open.add(channel);
        try {
            vertx.acceptorEventLoopGroup().register(channel).sync();
            channel.bind(new InetSocketAddress(endpoint.host(), endpoint.port()))
                    .sync();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while opening ports", e);
        } catch (Exception e) { // the future throws what its operation met, checked or not
            throw new StartException("cannot listen for " + endpoint + ": " + e.getMessage(), e);
        }
        log.info("listening for {} on {}", endpoint.kind(), channel.localAddress());
    }

    /** The port of the endpoint at that place of the list. */
    public int port(int endpoint) {
        return ((InetSocketAddress) open.get(endpoint).localAddress()).getPort();
    }

    /** Accepts no more. Connections stay. */
    @Override
    public void close() {
        open.forEach(channel -> channel.close().awaitUninterruptibly());
        if (tls != null) {
            tls.close();
        }
    }
}
