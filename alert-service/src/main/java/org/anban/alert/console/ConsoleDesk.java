package org.anban.alert.console;

import java.time.InstantSource;
import org.anban.contracts.access.Principal;
import org.anban.contracts.error.CareException;
import org.anban.kit.database.Database;

/** What a console says of itself: that its stream is alive, and that its person is on duty. */
final class ConsoleDesk {
    private final Database database;
    private final InstantSource time;
    private final ConsoleStore consoles;

    ConsoleDesk(Database database, InstantSource time, ConsoleStore consoles) {
        this.database = database;
        this.time = time;
        this.consoles = consoles;
    }

    void confirm(Principal who, String streamId, long beat) {
        boolean known = database.inTransaction(tx -> consoles.confirm(tx, streamId, who, beat, time.instant()));
        if (!known) {
            throw CareException.notFound("no such stream of yours");
        }
    }

    Duty duty(Principal who, boolean onDuty) {
        return database.inTransaction(tx -> {
            consoles.duty(tx, who.personId(), onDuty, time.instant());
            return consoles.dutyOf(tx, who.personId());
        });
    }

    Duty dutyOf(Principal who) {
        return database.inTransaction(tx -> consoles.dutyOf(tx, who.personId()));
    }
}
