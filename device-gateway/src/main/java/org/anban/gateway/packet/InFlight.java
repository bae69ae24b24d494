package org.anban.gateway.packet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.anban.gateway.codec.ReusedBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one connection that were not answered yet, in the order in which they came. An answer goes out only
 * when all before it have; a message of QoS 0 waits in the row too, but is not answered. Confined to its event loop.
 */
public final class InFlight {
    private static final int[] NONE = {};
    private static final int LEAST = 16;
    private static final int READY = 1 << 18;
    private static final int REASON_SHIFT = 20;
    private static final int PUBACK = 0x40;
    private static final int PUBREC = 0x50;
    private static final int FIRST_ERROR = 0x80;

    private final boolean inWords;
    private int[] slots = NONE;
    private long first;
    private long next;
    private int toAnswer;
    private int unreleased;

    /** @param inWords whether errors are explained, as MQTT 5 can */
    public InFlight(boolean inWords) {
        this.inWords = inWords;
    }

    /** Adds a message; its number is what {@link #ready} wants. */
    public long add(int packetId, int qos) {
        if (next - first == slots.length) {
            grow();
        }
        slots[(int) next & (slots.length - 1)] = packetId & 0xFFFF | qos << 16;
        toAnswer += qos > 0 ? 1 : 0;
        return next++;
    }

    /** The message that was added last is not to be answered: it was not taken. */
    public void takeBack() {
        next--;
        toAnswer -= qos(next) > 0 ? 1 : 0;
    }

    private void grow() {
        int[] larger = new int[Math.max(LEAST, slots.length * 2)];
        for (long i = first; i < next; i++) {
            larger[(int) i & (larger.length - 1)] = slots[(int) i & (slots.length - 1)];
        }
        slots = larger;
    }

    /** The message may be answered, with this reason code. */
    public void ready(long number, int reason) {
        slots[(int) number & (slots.length - 1)] |= READY | (reason & 0xFF) << REASON_SHIFT;
    }

    public int packetId(long number) {
        return slots[(int) number & (slots.length - 1)] & 0xFFFF;
    }

    public int qos(long number) {
        return slots[(int) number & (slots.length - 1)] >> 16 & 3;
    }

    public int size() {
        return (int) (next - first);
    }

    /**
     * How many messages count to the receive maximum: those of QoS 1 and 2 that wait, and those of QoS 2 that were
     * answered here, not with an error, and not released since. Each counts once.
     */
    public int counted() {
        return toAnswer + unreleased;
    }

    /** A message of QoS 2 is over. */
    public void released() {
        unreleased = Math.max(0, unreleased - 1);
    }

    /** All answers that can go out now, as bytes; null if there are none. */
    public @Nullable ByteBuf drain(ByteBufAllocator allocator, ReusedBuffer buffer) {
        ByteBuf out = null;
        while (first < next) {
            int slot = slots[(int) first & (slots.length - 1)];
            if ((slot & READY) == 0) {
                break;
            }
            first++;
            int qos = slot >> 16 & 3;
            if (qos > 0) {
                toAnswer--;
                unreleased += qos == 2 && (slot >>> REASON_SHIFT & 0xFF) < FIRST_ERROR ? 1 : 0;
                if (out == null) {
                    out = buffer.take(allocator, 4 * (size() + 2));
                }
                answer(out, qos == 1 ? PUBACK : PUBREC, slot & 0xFFFF, slot >>> REASON_SHIFT & 0xFF);
            }
        }
        return out;
    }

    /** A reason other than success is only ever given to a client of MQTT 5. */
    private void answer(ByteBuf out, int type, int packetId, int reason) {
        if (reason == 0) {
            out.writeInt(type << 24 | 2 << 16 | packetId);
            return;
        }
        byte[] words = Words.of(reason);
        if (!inWords || words.length == 0) {
            out.writeInt(type << 24 | 3 << 16 | packetId).writeByte(reason);
            return;
        }
        out.writeInt(type << 24 | words.length + 7 << 16 | packetId).writeByte(reason);
        out.writeByte(words.length + 3).writeByte(0x1F).writeShort(words.length).writeBytes(words);
    }
}
