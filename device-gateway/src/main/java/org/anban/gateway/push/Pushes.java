package org.anban.gateway.push;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.anban.contracts.device.DeviceDirectory;
import org.anban.contracts.incident.UnstoredAlarms;
import org.anban.gateway.credential.Attempts;
import org.anban.gateway.inlet.Inlet;
import org.anban.gateway.setaside.SetAsides;
import org.anban.kit.database.Database;
import org.anban.kit.http.Api;
import org.anban.kit.http.Audit;

/** The HTTP way in for platforms of vendors and carriers. */
public final class Pushes implements AutoCloseable {
    private static final Duration ATTEMPT_WINDOW = Duration.ofMinutes(1);
    private static final int WRONG_PROOFS = 10;
    private static final int STRANGERS = 100;

    /** What it stands on. */
    public record Parts(
            Database database,
            InstantSource time,
            DeviceDirectory directory,
            Inlet inlet,
            SetAsides setAsides,
            UnstoredAlarms unstored) {}

    private final Accounts accounts;
    private final PushDesk desk;

    private Pushes(Parts parts, PushConfig config, MeterRegistry metrics) {
        accounts = new Accounts(
                parts.database(), new SecretBox(config.keyFile()), parts.directory(), parts.time(), metrics);
        Attempts attempts = new Attempts(parts.time(), WRONG_PROOFS, STRANGERS, ATTEMPT_WINDOW);
        Courier courier = new Courier(parts.inlet(), new RefusedAlarms(parts.unstored(), parts.time()));
        WaitingRoom room = new WaitingRoom(config.mostWaitingCharacters());
        desk = new PushDesk(accounts, courier, room, parts.setAsides(), attempts, parts.time());
    }

    public static Pushes open(Parts parts, PushConfig config, MeterRegistry metrics) {
        return new Pushes(parts, config, metrics);
    }

    /** Answers {@code push}, {@code checkPush} and the operations on accounts. */
    public void routes(Api api, Audit audit) {
        new PushRoutes(desk).mount(api);
        new AccountRoutes(accounts, audit).mount(api);
    }

    /** Why it is not well, if it is not. */
    public Optional<String> problem(Duration limit) {
        return accounts.problem(limit);
    }

    @Override
    public void close() {
        accounts.close();
    }
}
