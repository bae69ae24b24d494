package org.anban.launcher.journey;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.anban.alert.AlertConfig;
import org.anban.alert.notice.NoticeConfig;
import org.anban.gateway.GatewayConfig;
import org.anban.gateway.push.PushConfig;
import org.anban.kit.database.DatabaseConfig;
import org.anban.kit.testing.Eventually;
import org.anban.kit.testing.SettableTime;
import org.anban.kit.testing.TestDatabase;
import org.anban.launcher.AnbanSystem;
import org.anban.platform.PlatformConfig;
import org.anban.simulator.phone.PhoneBoard;
import org.anban.simulator.phone.Ring;

/**
 * The started system with the demo district in it, a clock that a test moves, telephones that ring, and people who are
 * logged in. The system's own threads run as they always do.
 */
public final class District implements AutoCloseable {
    private static final Instant MORNING = Instant.parse("2026-01-05T00:30:00Z");
    /** Less than the time within which a console must have confirmed. */
    private static final Duration STRIDE = Duration.ofSeconds(10);

    private static final Duration LOGIN_GOOD_FOR = Duration.ofHours(6);
    private static final String SECRET = "a secret for telephones of tests";

    private record Login(Caller caller, Instant at) {}

    private final SettableTime time = new SettableTime(MORNING);
    private final PhoneBoard phones = PhoneBoard.start(0, SECRET, time, ring -> {});
    private final Map<String, Login> logins = new HashMap<>();
    private final List<LiveConsole> consoles = new CopyOnWriteArrayList<>();
    private final DatabaseConfig database;
    private final Runnable endOfDatabase;
    private final StartedSystem system;

    private District(DatabaseConfig database, Runnable endOfDatabase) {
        this.database = database;
        this.endOfDatabase = endOfDatabase;
        NoticeConfig.Webhook webhook = new NoticeConfig.Webhook(phones.url(), SECRET, Duration.ofSeconds(10));
        AlertConfig alert = AlertConfig.DEFAULT.with(NoticeConfig.DEFAULT.withWebhook(webhook));
        this.system = StartedSystem.start(
                database,
                time,
                new AnbanSystem.Tuning(
                        GatewayConfig.local(0).withPush(new PushConfig(keyFile())), alert, PlatformConfig.USUAL));
    }

    private static Path keyFile() {
        try {
            return Files.createTempDirectory("push").resolve("push.key");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static District open() {
        TestDatabase database = TestDatabase.create();
        return new District(database.config(), database::close);
    }

    /** On a database that the caller closes. */
    public static District open(DatabaseConfig database) {
        return new District(database, () -> {});
    }

    public StartedSystem system() {
        return system;
    }

    public Instant now() {
        return time.instant();
    }

    /** Somebody of the district, logged in. */
    public Caller person(String username) {
        Login login = logins.get(username);
        if (login == null || login.at().plus(LOGIN_GOOD_FOR).isBefore(now())) {
            login = new Login(system.logIn(username), now());
            logins.put(username, login);
        }
        return login.caller();
    }

    public Caller operator() {
        return person("operator1");
    }

    /** Somebody on duty at a console that is connected and confirms. */
    public LiveConsole console(String username) {
        LiveConsole console = quietConsole(username);
        console.confirm();
        consoles.add(console);
        return console;
    }

    /** Somebody on duty at a console that is connected and never confirms. */
    public LiveConsole quietConsole(String username) {
        person(username).post("/duty", new JsonObject().put("onDuty", true));
        return LiveConsole.connect(person(username));
    }

    /** Everybody leaves, and no console counts as connected any more. */
    public void goHome() {
        consoles.forEach(LiveConsole::close);
        consoles.clear();
        pass(Duration.ofSeconds(30));
    }

    public PahoDevice device(String id) {
        return system.device(id);
    }

    /** Sends an event and waits for its acknowledgement. */
    public void event(String device, String type) {
        device(device).publish("event", "{\"type\":\"" + type + "\"}");
    }

    /** The same, with the time that the device's clock says. */
    public void event(String device, String type, Instant at) {
        device(device).publish("event", "{\"type\":\"" + type + "\",\"at\":\"" + at + "\"}");
    }

    /** Presses SOS and waits until an operator could see it. */
    public JsonObject sos(String device, String subject) {
        event(device, "sos");
        return operator().awaitOpen(subject);
    }

    /** Lets time pass as it does: consoles confirm, and what is due happens. */
    public void pass(Duration span) {
        for (Duration left = span; left.compareTo(Duration.ZERO) > 0; left = left.minus(STRIDE)) {
            time.advance(left.compareTo(STRIDE) < 0 ? left : STRIDE);
            runDue();
            consoles.forEach(LiveConsole::confirm);
        }
    }

    public void passSeconds(int seconds) {
        pass(Duration.ofSeconds(seconds));
    }

    /** Lets time jump: nobody confirms meanwhile. */
    public void jump(Duration span) {
        time.advance(span);
        runDue();
    }

    private void runDue() {
        try {
            system.system().alert().runDue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Whose telephones rang for an incident; the same number once for each ring. */
    public List<String> numbersRung(String incident) {
        return rings(incident).stream().map(Ring::number).toList();
    }

    public List<Ring> rings(String incident) {
        return phones.rings().stream()
                .filter(ring -> ring.incident().equals(incident))
                .toList();
    }

    public Ring awaitRing(String incident, String number) {
        Eventually.until("a ring at " + number, () -> numbersRung(incident).contains(number));
        return rings(incident).stream()
                .filter(ring -> ring.number().equals(number))
                .findFirst()
                .orElseThrow();
    }

    /** The provider says what became of a call; answers the status of the answer. */
    public int receipt(Ring ring, String state) throws InterruptedException {
        return phones.sendReceipt(URI.create(system.url()), ring, state);
    }

    /** The audited read of a case, by an operator. */
    public Case open(String incident) {
        return new Case(operator().get("/incidents/" + incident));
    }

    /** Rows of a question to the database, each as text. */
    public List<String> ask(String sql, String parameter) {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                PreparedStatement question = connection.prepareStatement(sql)) {
            question.setString(1, parameter);
            try (ResultSet answer = question.executeQuery()) {
                while (answer.next()) {
                    rows.add(answer.getString(1));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Ends what is open and sends everybody home. */
    public void clear() {
        operator().clearTheDesk();
        goHome();
    }

    @Override
    public void close() {
        consoles.forEach(LiveConsole::close);
        system.close();
        phones.close();
        endOfDatabase.run();
    }
}
