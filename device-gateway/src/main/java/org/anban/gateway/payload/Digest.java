package org.anban.gateway.payload;

/** 64 bits over a payload (FNV-1a, then mixed), to tell a repeated event from another with the same id. */
public final class Digest {
    private Digest() {}

    public static long of(byte[] bytes, int length) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < length; i++) {
            hash = (hash ^ (bytes[i] & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        return hash ^ (hash >>> 33);
    }
}
