package org.anban.simulator.resident;

/**
 * @param heartRate beats a minute
 * @param spo2 percent
 * @param respirationRate breaths a minute
 */
public record Vitals(double heartRate, double spo2, double respirationRate) {}
