package org.anban.gateway.payload;

import java.util.Set;
import org.anban.contracts.event.ReportKind;
import org.anban.gateway.clock.TimeRules;

/** What the gateway itself says of a device, because somebody other than the device told it. No topic leads here. */
public enum Statement implements Channel {
    /** {@code {"type":"connection-lost"}}: a platform sees the device no more. */
    PRESENCE;

    @Override
    public boolean mayHoldAlarm() {
        return false;
    }

    @Override
    public Decoder decoder(TimeRules rules) {
        return new EventReports(rules, Set.of(ReportKind.CONNECTION_LOST));
    }
}
