package org.anban.simulator.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;
import org.jspecify.annotations.Nullable;

/** One buffer an event loop for all that its connections read, given out again when nobody holds it any more. */
final class LoopBuffer extends DefaultMaxMessagesRecvByteBufAllocator {
    private final FastThreadLocal<Reused> buffers = new FastThreadLocal<>() {
        @Override
        protected Reused initialValue() {
            return new Reused();
        }

        @Override
        protected void onRemoval(Reused value) {
            value.release();
        }
    };
    private final int bytes;

    LoopBuffer(int bytes) {
        this.bytes = bytes;
    }

    @Override
    public ExtendedHandle newHandle() {
        return new MaxMessageHandle() {
            @Override
            public int guess() {
                return bytes;
            }

            @Override
            public ByteBuf allocate(ByteBufAllocator allocator) {
                return take(allocator);
            }
        };
    }

    /** An empty buffer, to be released by whoever gets it; on an event loop. */
    ByteBuf take(ByteBufAllocator allocator) {
        return buffers.get().take(allocator, bytes);
    }

    private static final class Reused {
        private @Nullable ByteBuf buffer;

        ByteBuf take(ByteBufAllocator allocator, int bytes) {
            ByteBuf free = buffer;
            if (free != null && free.refCnt() == 1) {
                return free.clear().retain();
            }
            release();
            free = allocator.directBuffer(bytes);
            buffer = free;
            return free.retain();
        }

        void release() {
            if (buffer != null) {
                buffer.release();
            }
        }
    }
}
