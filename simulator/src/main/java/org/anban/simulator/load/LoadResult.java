package org.anban.simulator.load;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * What a round came to.
 *
 * @param elapsed from the first message sent to the last acknowledgement
 * @param pubackNanos from the write of a message to its acknowledgement, in nanoseconds
 * @param ownCpu processor time that the client's own threads took in the round
 * @param lostConnections closed by the other side during the round
 */
public record LoadResult(
        long sent,
        long acknowledged,
        Duration elapsed,
        Histogram pubackNanos,
        Duration ownCpu,
        int lostConnections,
        List<String> problems) {
    public LoadResult {
        problems = List.copyOf(problems);
    }

    public double messagesPerSecond() {
        return acknowledged / Math.max(1e-9, elapsed.toNanos() / 1e9);
    }

    /** Processor time of the client for one acknowledged message, in microseconds. */
    public double ownMicrosPerMessage() {
        return acknowledged == 0 ? 0 : ownCpu.toNanos() / 1e3 / acknowledged;
    }

    /** In milliseconds; 99.0 for the 99th percentile. */
    public double pubackMillis(double percentile) {
        return pubackNanos.getValueAtPercentile(percentile) / 1e6;
    }

    public boolean complete() {
        return sent == acknowledged && lostConnections == 0;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d sent, %d acknowledged in %.2f s (%.0f/s), puback p50 %.2f ms p99 %.2f ms, own cost %.2f us/message",
                sent,
                acknowledged,
                elapsed.toNanos() / 1e9,
                messagesPerSecond(),
                pubackMillis(50),
                pubackMillis(99),
                ownMicrosPerMessage());
    }
}
