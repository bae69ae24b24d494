package org.anban.simulator.load;

import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.anban.simulator.SimulatorException;

/** Event loops of the client: epoll where it is to be had, else the JDK's selectors. */
final class LoadLoops implements AutoCloseable {
    private static final int CONNECT_MILLIS = 10_000;

    private final EventLoopGroup group;
    private final boolean epoll;
    private final LoopBuffer buffers;

    /**
     * Every connection takes an open file.
     *
     * @throws SimulatorException when this process may not open so many more
     */
    static void requireOpenFiles(int more) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
            checkOpenFiles(more, unix.getOpenFileDescriptorCount(), unix.getMaxFileDescriptorCount());
        }
    }

    /** How many files this process may still open; a great many where that cannot be told. */
    static long spareOpenFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount()
                : Integer.MAX_VALUE;
    }

    static void checkOpenFiles(long more, long open, long limit) {
        if (open + more > limit) {
            throw new SimulatorException("this process may open " + limit + " files and has " + open + " open, but "
                    + more + " more are needed: raise the limit, e.g. `ulimit -n 8192`, and start again");
        }
    }

    /** @param receiveBytes read at a time */
    LoadLoops(String name, int threads, int receiveBytes) {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED); // a stack trace each hundred buffers
        this.buffers = new LoopBuffer(receiveBytes);
        this.epoll = Epoll.isAvailable();
        this.group = new MultiThreadIoEventLoopGroup(
                threads,
                new DefaultThreadFactory(name, true),
                epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    }

    LoopBuffer buffers() {
        return buffers;
    }

    Bootstrap bootstrap() {
        return new Bootstrap()
                .group(group)
                .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.RECVBUF_ALLOCATOR, buffers);
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
