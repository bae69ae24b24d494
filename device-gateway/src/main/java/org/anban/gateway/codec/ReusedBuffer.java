package org.anban.gateway.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * A direct buffer that is given out again as soon as nobody else holds it, so that its memory stays in the processor's
 * cache. Who keeps it longer keeps it, and the next one gets another. Confined to one event loop.
 */
public final class ReusedBuffer {
    private final int bytes;
    private @Nullable ByteBuf buffer;

    public ReusedBuffer(int bytes) {
        this.bytes = bytes;
    }

    /** An empty buffer of at least so many bytes, to be released by whoever gets it. */
    public ByteBuf take(ByteBufAllocator allocator, int atLeast) {
        if (atLeast > bytes) {
            return allocator.directBuffer(atLeast);
        }
        ByteBuf free = buffer;
        if (free != null && free.refCnt() == 1) {
            return free.clear().retain();
        }
        if (free != null) {
            free.release();
        }
        free = allocator.directBuffer(bytes);
        buffer = free;
        return free.retain();
    }
}
