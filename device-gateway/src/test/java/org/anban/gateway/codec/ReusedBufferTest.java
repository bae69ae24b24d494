package org.anban.gateway.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class ReusedBufferTest {
    private final ReusedBuffer buffers = new ReusedBuffer(1_024);

    @Test
    void whatIsGivenBackIsGivenOutAgainEmpty() {
        ByteBuf first = take(100);
        first.writeLong(7);
        first.release();
        ByteBuf second = take(1_024);
        assertThat(second).isSameAs(first);
        assertThat(second.isReadable()).isFalse();
        assertThat(second.capacity()).isGreaterThanOrEqualTo(1_024);
        second.release();
    }

    @Test
    void whatSomebodyKeepsIsHisAlone() {
        ByteBuf kept = take(100);
        kept.writeLong(7);
        ByteBuf next = take(100);
        next.writeLong(8);
        assertThat(kept.readLong()).isEqualTo(7);
        kept.release();
        assertThat(kept.refCnt()).as("nobody else holds it any more").isZero();
        next.release();
    }

    @Test
    void whatIsLargerIsMadeForIt() {
        ByteBuf large = take(5_000);
        assertThat(large.capacity()).isGreaterThanOrEqualTo(5_000);
        large.release();
        assertThat(large.refCnt()).isZero();
    }

    @Test
    void aFewBytesOfAPacketDoNotHoldTheReceiveBuffer() {
        EmbeddedChannel channel = new EmbeddedChannel(new PacketDecoder(100_000));
        ByteBuf received = PooledByteBufAllocator.DEFAULT.directBuffer(SharedReceive.BYTES);
        received.writeByte(0x10).writeByte(50).writeZero(20);
        channel.writeInbound(received);
        assertThat(received.refCnt()).isZero();
        channel.finishAndReleaseAll();
    }

    private ByteBuf take(int atLeast) {
        return buffers.take(PooledByteBufAllocator.DEFAULT, atLeast);
    }
}
