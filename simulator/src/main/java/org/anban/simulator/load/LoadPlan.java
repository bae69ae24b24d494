package org.anban.simulator.load;

import java.util.List;

/**
 * Where to, as whom, and with what.
 *
 * @param credentials at least as many as the shape has connections; the first ones are used
 * @param payloads what is published below {@code care/v1/{id}/telemetry}, taken in turn; each connection starts at another
 * @param threads event loops of the client
 */
public record LoadPlan(
        String host, int port, LoadShape shape, List<LoadCredential> credentials, List<byte[]> payloads, int threads) {
    public LoadPlan {
        credentials = List.copyOf(credentials);
        payloads = List.copyOf(payloads);
        if (credentials.size() < shape.connections()) {
            throw new IllegalArgumentException(
                    "credentials: " + shape.connections() + " needed, " + credentials.size() + " given");
        }
        if (payloads.isEmpty()) {
            throw new IllegalArgumentException("payloads: at least one");
        }
        if (threads < 1 || threads > 64) {
            throw new IllegalArgumentException("threads: 1 to 64, not " + threads);
        }
    }
}
