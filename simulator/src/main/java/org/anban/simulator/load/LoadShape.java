package org.anban.simulator.load;

/**
 * How a load is spread.
 *
 * @param connections how many devices are connected at once
 * @param inFlight how many unacknowledged messages each may have
 */
public record LoadShape(String name, int connections, int inFlight) {
    /** A district: thousands of devices that each wait for the acknowledgement before they speak again. */
    public static final LoadShape MANY = new LoadShape("many", 4_000, 1);

    /** Hubs: a few connections, each with a window of messages under way. */
    public static final LoadShape PIPELINED = new LoadShape("pipelined", 200, 20);

    public LoadShape {
        if (connections < 1 || connections > 60_000) {
            throw new IllegalArgumentException("connections: 1 to 60000, not " + connections);
        }
        if (inFlight < 1 || inFlight > 1_000) {
            throw new IllegalArgumentException("inFlight: 1 to 1000, not " + inFlight);
        }
    }
}
