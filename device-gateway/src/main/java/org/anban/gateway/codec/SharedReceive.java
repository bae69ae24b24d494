package org.anban.gateway.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/**
 * All plain connections of an event loop read into one buffer: as a rule what was read has been used when the next one
 * reads. {@link PacketDecoder} sees to it that nobody holds it for the sake of a few bytes.
 */
public final class SharedReceive extends DefaultMaxMessagesRecvByteBufAllocator {
    static final int BYTES = 16 * 1024;
    private static final int READS = 16;

    private final ReusedBuffer buffer = new ReusedBuffer(BYTES);

    public SharedReceive() {
        super(READS);
    }

    @Override
    public ExtendedHandle newHandle() {
        return new MaxMessageHandle() {
            @Override
            public int guess() {
                return BYTES;
            }

            @Override
            public ByteBuf allocate(ByteBufAllocator allocator) {
                return buffer.take(allocator, BYTES);
            }
        };
    }
}
