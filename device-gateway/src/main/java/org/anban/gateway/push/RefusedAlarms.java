package org.anban.gateway.push;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.event.DeviceEvent;
import org.anban.contracts.event.DeviceReport;
import org.anban.contracts.event.Lane;
import org.anban.contracts.event.ReportKind;
import org.anban.contracts.incident.UnstoredAlarms;
import org.anban.gateway.clock.TimeRules;
import org.anban.gateway.payload.Decoders;
import org.anban.gateway.payload.Findings;
import org.anban.gateway.payload.UnusablePayload;
import org.anban.gateway.setaside.Reason;
import org.anban.gateway.vocabulary.OurMessage;
import org.jspecify.annotations.Nullable;

/** Alarms for which there was no room: the consoles show them as not stored. Any thread. */
final class RefusedAlarms {
    private final UnstoredAlarms unstored;
    private final InstantSource time;

    RefusedAlarms(UnstoredAlarms unstored, InstantSource time) {
        this.unstored = unstored;
        this.time = time;
    }

    /**
     * Tells of the alarm in a message, if there is one.
     *
     * @param device whom it is about; null for one that is not on the account's list, of which nothing is told
     */
    void tell(@Nullable DeviceProfile device, OurMessage message) {
        if (device == null || !message.channel().mayHoldAlarm()) {
            return;
        }
        Instant now = time.instant().truncatedTo(ChronoUnit.MICROS);
        byte[] bytes = message.payload().getBytes(StandardCharsets.UTF_8);
        try {
            new Decoders(TimeRules.DEFAULT)
                    .decode(message.channel(), bytes, bytes.length, device, now, new Alarms(device));
        } catch (UnusablePayload e) {
            // nothing of it is an alarm; it is counted when it comes again
        }
    }

    /** What there is to tell of one message. */
    private final class Alarms implements Findings {
        private final DeviceProfile device;

        Alarms(DeviceProfile device) {
            this.device = device;
        }

        @Override
        public @Nullable DeviceProfile about(String name) {
            return null;
        }

        @Override
        public void event(DeviceEvent event) {
            if (event.lane() == Lane.ALARM
                    && event instanceof DeviceReport report
                    && report.kind() != ReportKind.FALL_CANCELLED) {
                Instant receivedAt = report.time().receivedAt();
                unstored.received(device.id(), device.subjectAt(receivedAt), report.kind(), receivedAt);
            }
        }

        @Override
        public void state(String field, DeviceReport report) {
            event(report);
        }

        @Override
        public void ended(String field) {
            // nothing to tell
        }

        @Override
        public void setAside(Reason reason, String field) {
            // counted when it comes again
        }
    }
}
