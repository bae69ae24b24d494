package org.anban.gateway.listener;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import org.anban.gateway.packet.Fault;

/** A frame is collected whole before anybody looks into it. Until a device was let in, there is little to collect. */
final class FirstBytes extends ChannelInboundHandlerAdapter {
    private static final int MOST = 32 * 1024;

    private int bytes;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (bytes > MOST) {
            ReferenceCountUtil.release(message);
            return;
        }
        bytes += message instanceof ByteBuf some ? some.readableBytes() : 0;
        if (bytes > MOST) {
            ReferenceCountUtil.release(message);
            context.fireUserEventTriggered(new Wire.Unusable(Fault.TOO_LARGE, bytes + " bytes"));
        } else {
            context.fireChannelRead(message);
        }
    }
}
