package org.anban.platform.session;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.anban.contracts.access.Principal;
import org.anban.contracts.access.Role;
import org.anban.contracts.error.CareException;
import org.anban.kit.database.Database;
import org.anban.kit.http.Api;
import org.anban.kit.http.Audit;
import org.anban.kit.http.Call;
import org.anban.kit.http.Reply;
import org.anban.platform.origin.Proxies;
import org.anban.platform.person.Passwords;
import org.anban.platform.person.Persons;

/** HTTP of logging in and out. */
public final class SessionRoutes {
    private static final String COOKIE = "anban_session";
    /** The longest that browsers keep one: when a login ends is ours to say, and under an open P0 it does not. */
    private static final Duration COOKIE_KEPT = Duration.ofDays(400);

    private final Login login;
    private final Sessions sessions;
    private final Audit audit;
    private final Proxies proxies;

    private SessionRoutes(Login login, Sessions sessions, Audit audit, Proxies proxies) {
        this.login = login;
        this.sessions = sessions;
        this.audit = audit;
        this.proxies = proxies;
    }

    public static SessionRoutes of(Sessions sessions, Persons persons, Passwords passwords, Attempting attempting) {
        Attempts attempts = new Attempts(attempting.database(), attempting.time(), attempting.limits());
        Login login = new Login(
                persons, passwords, attempts, sessions, attempting.limits().window());
        return new SessionRoutes(login, sessions, attempting.audit(), attempting.proxies());
    }

    /** What attempts are counted with and recorded in. */
    public record Attempting(Database database, InstantSource time, LoginLimits limits, Audit audit, Proxies proxies) {}

    public void mount(Api api) {
        api.onApart("openSession", this::open)
                .on("getCurrentSession", this::current)
                .on("closeCurrentSession", this::close);
    }

    private Reply open(Call call) {
        JsonObject body = call.body();
        Login.Outcome outcome =
                login.attempt(body.getString("username"), body.getString("password"), proxies.client(call));
        if (outcome instanceof Login.LoggedIn in) {
            audit.recordOrCount(
                    in.opened().principal(),
                    "session.opened",
                    null,
                    in.opened().session().id());
            return created(in.opened(), call);
        }
        if (outcome instanceof Login.Limited limited) {
            return limited(limited.retryAfter());
        }
        throw CareException.of(CareException.Kind.UNAUTHENTICATED, "the user name or the password is wrong");
    }

    private Reply current(Call call) {
        Session session = Optional.ofNullable(call.token())
                .flatMap(sessions::find)
                .orElseThrow(() -> CareException.of(CareException.Kind.UNAUTHENTICATED, "log in again"));
        return Reply.ok(json(call.principal(), session.expiresAt()));
    }

    private Reply close(Call call) {
        String token = call.token();
        if (token != null) {
            sessions.close(token);
            audit.recordOrCount(
                    call.principal(), "session.closed", null, call.principal().sessionId());
        }
        return Reply.none().cookie(COOKIE, "", Duration.ZERO, isSecure(call));
    }

    private Reply created(Sessions.Opened opened, Call call) {
        JsonObject body = json(opened.principal(), opened.session().expiresAt()).put("token", opened.token());
        Reply reply = Reply.created(body);
        return call.body().getBoolean("cookie", false)
                ? reply.cookie(COOKIE, opened.token(), COOKIE_KEPT, isSecure(call))
                : reply;
    }

    private static Reply limited(Duration retryAfter) {
        CareException failure =
                CareException.of(CareException.Kind.LIMITED, "too many wrong passwords from here; try again later");
        return Reply.problem(failure, new JsonObject()).header("Retry-After", Long.toString(retryAfter.toSeconds()));
    }

    /** The browser says so in Origin, a proxy in what it forwards. */
    private static boolean isSecure(Call call) {
        String origin = call.header("Origin");
        String forwarded = call.header("X-Forwarded-Proto");
        return (origin != null && origin.startsWith("https://")) || "https".equalsIgnoreCase(forwarded);
    }

    private static JsonObject json(Principal who, Instant expiresAt) {
        return new JsonObject()
                .put("expiresAt", expiresAt.toString())
                .put(
                        "person",
                        new JsonObject()
                                .put("id", who.personId())
                                .put("username", who.username())
                                .put("name", who.displayName())
                                .put(
                                        "roles",
                                        new JsonArray(who.roles().stream()
                                                .map(Role::name)
                                                .sorted()
                                                .toList()))
                                .put("areas", new JsonArray(who.areas())));
    }
}
