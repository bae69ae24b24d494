package org.anban.simulator.district;

import java.nio.charset.StandardCharsets;

/** @param leaf the last part of the topic */
record Message(String leaf, byte[] payload) {
    @Override
    public String toString() {
        return leaf + " " + new String(payload, StandardCharsets.UTF_8);
    }
}
