package org.anban.simulator.load;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The cheapest broker there is: accepts everybody, acknowledges everything, keeps nothing; can hang up after a count. */
final class AckSink implements AutoCloseable {
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel server;
    final AtomicInteger published = new AtomicInteger();

    AckSink(int hangUpAfter, int connectReturnCode) {
        this.server = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Answers(hangUpAfter, connectReturnCode));
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
    }

    int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private final class Answers extends ByteToMessageDecoder {
        private final int hangUpAfter;
        private final int connectReturnCode;

        Answers(int hangUpAfter, int connectReturnCode) {
            this.hangUpAfter = hangUpAfter;
            this.connectReturnCode = connectReturnCode;
        }

        @Override
        protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
            ByteBuf answer = ctx.alloc().directBuffer(512);
            int at = in.readerIndex();
            int size;
            while (at < in.writerIndex() && (size = MqttBytes.packetSize(in, at, in.writerIndex())) > 0) {
                answer(answer, in, at);
                at += size;
            }
            in.readerIndex(at);
            ctx.writeAndFlush(answer);
            if (published.get() >= hangUpAfter) {
                ctx.close();
            }
        }

        private void answer(ByteBuf answer, ByteBuf in, int at) {
            int type = (in.getByte(at) & 0xFF) >> 4;
            if (type == 1) {
                answer.writeInt(0x2002_0000 | connectReturnCode);
            } else if (type == MqttBytes.PUBLISH) {
                published.incrementAndGet();
                int header = in.getByte(at + 1) < 0 ? 3 : 2;
                int topic = in.getUnsignedShort(at + header);
                MqttBytes.acknowledge(answer, in.getUnsignedShort(at + header + 2 + topic));
            }
        }
    }
}
