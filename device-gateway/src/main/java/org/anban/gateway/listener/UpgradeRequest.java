package org.anban.gateway.listener;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import org.anban.gateway.packet.Fault;
import org.jspecify.annotations.Nullable;

/**
 * Which request may become a WebSocket: one to {@code /mqtt} that offers the subprotocol {@code mqtt}, as OASIS MQTT 5, 6
 * demands, and that no foreign page sends. No page has a device's key, but a browser may have a certificate.
 */
final class UpgradeRequest extends ChannelInboundHandlerAdapter {
    static final String PATH = "/mqtt";
    static final String SUBPROTOCOL = "mqtt";

    private record Answer(HttpResponseStatus status, String why) {}

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof FullHttpRequest request)) {
            context.fireChannelRead(message);
            return;
        }
        Answer refusal = refusal(request);
        if (refusal == null) {
            context.pipeline().remove(this);
            context.fireChannelRead(request);
            return;
        }
        request.release();
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, refusal.status());
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        context.write(response);
        context.fireUserEventTriggered(new Wire.Unusable(Fault.MALFORMED, refusal.why()));
    }

    private static @Nullable Answer refusal(FullHttpRequest request) {
        HttpHeaders headers = request.headers();
        if (request.decoderResult().isFailure()) {
            return new Answer(HttpResponseStatus.BAD_REQUEST, "not HTTP, or too much of it");
        }
        if (!request.uri().equals(PATH)) {
            return new Answer(HttpResponseStatus.NOT_FOUND, "not " + PATH);
        }
        if (!request.method().equals(HttpMethod.GET)
                || !headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)) {
            return new Answer(HttpResponseStatus.UPGRADE_REQUIRED, "no WebSocket is asked for");
        }
        if (!subprotocols(headers).contains(SUBPROTOCOL)) {
            return new Answer(HttpResponseStatus.BAD_REQUEST, "subprotocol mqtt is not offered");
        }
        if (isForeign(headers.get(HttpHeaderNames.ORIGIN), headers.get(HttpHeaderNames.HOST))) {
            return new Answer(HttpResponseStatus.FORBIDDEN, "another site's page");
        }
        return null;
    }

    private static List<String> subprotocols(HttpHeaders headers) {
        return headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL).stream()
                .flatMap(list -> Arrays.stream(list.split(",")))
                .map(String::strip)
                .toList();
    }

    private static boolean isForeign(@Nullable String origin, @Nullable String host) {
        if (origin == null) {
            return false;
        }
        try {
            String authority = new URI(origin).getAuthority();
            return authority == null || !authority.equalsIgnoreCase(host);
        } catch (URISyntaxException e) {
            return true;
        }
    }
}
