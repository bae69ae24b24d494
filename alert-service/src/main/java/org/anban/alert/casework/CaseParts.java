package org.anban.alert.casework;

import java.time.InstantSource;
import org.anban.alert.call.CallStore;
import org.anban.alert.dispatch.DispatchStore;
import org.anban.alert.incident.Clocks;
import org.anban.alert.incident.Records;
import org.anban.alert.wake.Bell;
import org.anban.kit.database.Database;

/** What work on a case stands on. */
public record CaseParts(
        Database database,
        InstantSource time,
        Records records,
        Clocks clocks,
        CallStore calls,
        DispatchStore dispatches,
        Bell bell) {}
