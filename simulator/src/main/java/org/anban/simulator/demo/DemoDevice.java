package org.anban.simulator.demo;

/**
 * A device of the demo.
 *
 * @param kind {@code watch}, {@code button}, {@code bed}, {@code fall}, {@code smoke}, {@code gas}, …
 * @param subject whom it speaks for, e.g. {@code resident:r-001}, {@code dwelling:d-01}; empty if it is bound to nobody
 */
public record DemoDevice(String id, String key, String kind, String subject) {
    public boolean ofResident() {
        return subject.startsWith("resident:");
    }

    public boolean ofDwelling() {
        return subject.startsWith("dwelling:");
    }

    /** Never the key. */
    @Override
    public String toString() {
        return id + " (" + kind + (subject.isEmpty() ? "" : ", " + subject) + ")";
    }
}
