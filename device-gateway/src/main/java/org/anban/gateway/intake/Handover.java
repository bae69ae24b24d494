package org.anban.gateway.intake;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anban.contracts.event.DeviceReport;
import org.anban.contracts.event.LogEntry;
import org.anban.contracts.event.ReportKind;
import org.anban.contracts.incident.UnstoredAlarms;
import org.anban.log.EventLog;

/**
 * The entries of one append and who waits for them. Filled on an event loop, answered by the log's thread, settled on the
 * event loop again.
 */
final class Handover implements EventLog.Callback, Runnable {
    private final EventLoop loop;
    private final List<LogEntry> entries = new ArrayList<>();
    private final List<Sender> senders = new ArrayList<>();
    private final long startedNanos = System.nanoTime();
    private long[] messages = new long[16];
    private volatile EventLog.Outcome outcome = EventLog.Outcome.REFUSED;
    private boolean settled;
    private boolean told;

    Handover(EventLoop loop) {
        this.loop = loop;
    }

    void add(LogEntry entry) {
        entries.add(entry);
    }

    /** The message whose entries were added last. */
    void waits(Sender sender, long message) {
        if (senders.size() == messages.length) {
            messages = Arrays.copyOf(messages, messages.length * 2);
        }
        messages[senders.size()] = message;
        senders.add(sender);
    }

    List<LogEntry> entries() {
        return entries;
    }

    boolean isSettled() {
        return settled;
    }

    @Override
    public void appended(EventLog.Outcome came) {
        outcome = came;
        loop.execute(this);
    }

    @Override
    public void run() {
        settled = true;
        int last = senders.size() - 1;
        for (int i = 0; i <= last; i++) {
            Sender sender = senders.get(i);
            sender.settled(messages[i], outcome);
            if (i == last || senders.get(i + 1) != sender) {
                sender.answered(); // what one read brought stands together
            }
        }
    }

    /** Tells of its alarms, once, if they have waited too long to be stored. */
    void tell(UnstoredAlarms unstored, long patienceNanos) {
        if (settled || told || System.nanoTime() - startedNanos < patienceNanos) {
            return;
        }
        told = true;
        for (LogEntry entry : entries) {
            if (entry.event() instanceof DeviceReport report && report.kind() != ReportKind.FALL_CANCELLED) {
                unstored.received(
                        entry.device(),
                        entry.subject(),
                        report.kind(),
                        report.time().receivedAt());
            }
        }
    }
}
