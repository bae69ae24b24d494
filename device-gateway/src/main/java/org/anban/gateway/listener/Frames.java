package org.anban.gateway.listener;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import io.netty.util.ReferenceCountUtil;
import org.anban.gateway.packet.Fault;
import org.jspecify.annotations.Nullable;

/** MQTT's bytes are what is in binary frames; where one ends means nothing. */
final class Frames extends ChannelDuplexHandler {
    private @Nullable ChannelHandlerContext opened;
    private WebSocketCloseStatus status = WebSocketCloseStatus.NORMAL_CLOSURE;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof BinaryWebSocketFrame || message instanceof ContinuationWebSocketFrame) {
            context.fireChannelRead(((WebSocketFrame) message).content());
        } else if (message instanceof WebSocketFrame) {
            ReferenceCountUtil.release(message);
            status = WebSocketCloseStatus.INVALID_MESSAGE_TYPE;
            context.fireUserEventTriggered(new Wire.Unusable(Fault.MALFORMED, "a frame that is not binary"));
        } else {
            context.fireChannelRead(message);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        context.write(message instanceof ByteBuf bytes ? new BinaryWebSocketFrame(bytes) : message, promise);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof HandshakeComplete) {
            opened = context;
        }
        context.fireUserEventTriggered(event);
    }

    /** WebSocket's own good-bye; nothing may follow it. */
    void end() {
        ChannelHandlerContext context = opened;
        if (context != null) {
            opened = null;
            context.write(new CloseWebSocketFrame(status, ""));
        }
    }
}
