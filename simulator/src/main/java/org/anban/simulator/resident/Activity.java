package org.anban.simulator.resident;

/** What a resident does at a moment, and what it does to the body. */
public enum Activity {
    ASLEEP(true, -5.5, -2, -0.6, 0),
    NAPPING(true, -3.5, -1, -0.3, 0),
    AT_THE_BATHROOM(false, 5, 1, 0, 8),
    RESTING(false, 0, 0, 0, 2),
    EATING(false, 4, 0.5, 0, 1),
    WALKING(false, 14, 3.5, -0.2, 92);

    private final boolean inBed;
    private final double heartRateChange;
    private final double respirationChange;
    private final double spo2Change;
    private final int stepsPerMinute;

    Activity(boolean inBed, double heartRateChange, double respirationChange, double spo2Change, int stepsPerMinute) {
        this.inBed = inBed;
        this.heartRateChange = heartRateChange;
        this.respirationChange = respirationChange;
        this.spo2Change = spo2Change;
        this.stepsPerMinute = stepsPerMinute;
    }

    public boolean inBed() {
        return inBed;
    }

    double heartRateChange() {
        return heartRateChange;
    }

    double respirationChange() {
        return respirationChange;
    }

    double spo2Change() {
        return spo2Change;
    }

    int stepsPerMinute() {
        return stepsPerMinute;
    }
}
