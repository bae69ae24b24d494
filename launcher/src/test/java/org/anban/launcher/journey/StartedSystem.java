package org.anban.launcher.journey;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.subject.SubjectId;
import org.anban.kit.database.DatabaseConfig;
import org.anban.kit.testing.TestDatabase;
import org.anban.launcher.AnbanSystem;
import org.anban.platform.demo.DemoDescription;
import org.anban.platform.demo.DemoDistrict;

/** The whole system on a database of its own, on free ports, with the demo district and every device's key. */
public final class StartedSystem implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final String PASSWORD = "a password for tests only";

    private final Runnable endOfDatabase;
    private final AnbanSystem system;
    private final DemoDescription district = DemoDistrict.describe();
    private final Map<String, String> keys = new ConcurrentHashMap<>();

    private StartedSystem(
            Runnable endOfDatabase, DatabaseConfig config, InstantSource time, AnbanSystem.Tuning tuning) {
        this.endOfDatabase = endOfDatabase;
        this.system = AnbanSystem.start(new AnbanSystem.Parts(config, HOST, 0, null, time, tuning));
        Map<String, String> passwords = district.accounts().stream()
                .collect(Collectors.toMap(DemoDescription.Account::username, account -> PASSWORD));
        DemoDistrict.seed(system.platform().register(), passwords);
    }

    /** Starts it by the clock of the machine. */
    public static StartedSystem start() {
        return start(InstantSource.system());
    }

    public static StartedSystem start(InstantSource time) {
        TestDatabase database = TestDatabase.create();
        return new StartedSystem(database::close, database.config(), time, AnbanSystem.Tuning.usual(0));
    }

    /** Starts it on a database that the caller closes. */
    public static StartedSystem start(DatabaseConfig database, InstantSource time, AnbanSystem.Tuning tuning) {
        return new StartedSystem(() -> {}, database, time, tuning);
    }

    public AnbanSystem system() {
        return system;
    }

    public int httpPort() {
        return system.httpPort();
    }

    /** Where the API and the pages are. */
    public String url() {
        return "http://" + HOST + ":" + httpPort();
    }

    /** The same for every account of the demo district. */
    public String password() {
        return PASSWORD;
    }

    /** What people call a subject. */
    public String nameOf(String subject) {
        return system.platform().residents().label(SubjectId.parse(subject)).name();
    }

    /** What colleagues call somebody who can log in. */
    public String displayName(String username) {
        return district.accounts().stream()
                .filter(account -> account.username().equals(username))
                .findFirst()
                .orElseThrow()
                .displayName();
    }

    /** Somebody logged in, as a program. */
    public Caller logIn(String username) {
        return Caller.logIn(url(), username, PASSWORD);
    }

    /** A device of the district with its key, not yet connected. */
    public PahoDevice device(String id) {
        String key =
                keys.computeIfAbsent(id, known -> system.gateway().credentials().issue(new DeviceId(known)));
        return new PahoDevice("tcp://" + HOST + ":" + system.mqttPort(), id, key);
    }

    /** Presses the button of a device; returns once the gateway has acknowledged it. */
    public void press(String device) {
        device(device).publish("event", "{\"type\":\"sos\"}");
    }

    @Override
    public void close() {
        system.close();
        endOfDatabase.run();
    }
}
