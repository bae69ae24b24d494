package org.anban.gateway.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import org.jspecify.annotations.Nullable;

/** The one list of what a connection's bytes pass through, from the wire to MQTT. */
@Sharable
final class Pipeline extends ChannelInitializer<Channel> {
    private static final int LONGEST_REQUEST_LINE = 256;
    private static final int LARGEST_HEADERS = 8 * 1024;

    /** MQTT's own time-out for CONNECT ends a slow handshake, and counts it. */
    private static final long LATER_THAN_CONNECT_MILLIS = 3_600_000;

    private final Endpoint.Kind kind;
    private final @Nullable Tls tls;
    private final WebSocketServerProtocolConfig webSocket;
    private final Listeners.Reception reception;

    Pipeline(Endpoint.Kind kind, @Nullable Tls tls, int largestFrame, Listeners.Reception reception) {
        this.kind = kind;
        this.tls = tls;
        this.webSocket = webSocket(largestFrame);
        this.reception = reception;
    }

    @Override
    protected void initChannel(Channel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        if (tls != null && kind.isSecure()) {
            pipeline.addLast(Wire.TLS, tls.handler(channel.alloc()));
        }
        if (kind.isWeb()) {
            pipeline.addLast(Wire.FIRST_BYTES, new FirstBytes());
            pipeline.addLast("http", http());
            pipeline.addLast("request", new HttpObjectAggregator(1));
            pipeline.addLast("upgrade", new UpgradeRequest());
            pipeline.addLast("websocket", new WebSocketServerProtocolHandler(webSocket));
            pipeline.addLast(Wire.FRAMES, new Frames());
        }
        reception.receive(channel);
    }

    private static HttpServerCodec http() {
        return new HttpServerCodec(new HttpDecoderConfig()
                .setMaxInitialLineLength(LONGEST_REQUEST_LINE)
                .setMaxHeaderSize(LARGEST_HEADERS));
    }

    private static WebSocketServerProtocolConfig webSocket(int largestFrame) {
        return WebSocketServerProtocolConfig.newBuilder()
                .websocketPath(UpgradeRequest.PATH)
                .subprotocols(UpgradeRequest.SUBPROTOCOL)
                .maxFramePayloadLength(largestFrame)
                .withUTF8Validator(false)
                .handshakeTimeoutMillis(LATER_THAN_CONNECT_MILLIS)
                .build();
    }
}
