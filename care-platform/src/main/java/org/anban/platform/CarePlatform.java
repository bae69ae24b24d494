package org.anban.platform;

import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.anban.contracts.access.FamilyAccess;
import org.anban.contracts.access.SessionDirectory;
import org.anban.contracts.device.DeviceDirectory;
import org.anban.contracts.incident.IncidentFeed;
import org.anban.contracts.reading.ReadingHistory;
import org.anban.contracts.subject.ResidentDirectory;
import org.anban.kit.database.Database;
import org.anban.kit.edge.Site;
import org.anban.kit.http.Api;
import org.anban.kit.http.Audit;
import org.anban.platform.device.DeviceRoutes;
import org.anban.platform.device.Devices;
import org.anban.platform.facility.Facilities;
import org.anban.platform.facility.StationRoutes;
import org.anban.platform.family.Consents;
import org.anban.platform.family.FamilyRoutes;
import org.anban.platform.person.Passwords;
import org.anban.platform.person.Persons;
import org.anban.platform.register.Register;
import org.anban.platform.resident.ResidentRoutes;
import org.anban.platform.resident.Residents;
import org.anban.platform.resident.SubjectFiles;
import org.anban.platform.session.SessionRoutes;
import org.anban.platform.session.Sessions;
import org.anban.platform.web.WebPages;

/**
 * The door of the care platform: people, places and the stock of devices, the ports through which the other services
 * ask of them, login, and the HTTP of residents, stations, devices and family. The ports need the tables only.
 */
public final class CarePlatform implements AutoCloseable {
    /** What it is built of. */
    public record Parts(
            Database database, InstantSource time, Audit audit, Neighbours neighbours, PlatformConfig config) {}

    /**
     * What it asks of other services, each looked up when it is needed: they ask the platform too, and somebody has
     * to be built first.
     *
     * @param criticalOpen whether an incident of P0 or P1 is open: then no staff session ends
     */
    public record Neighbours(
            Supplier<IncidentFeed> incidents, Supplier<ReadingHistory> readings, BooleanSupplier criticalOpen) {}

    private final Devices devices;
    private final SubjectFiles residents;
    private final Sessions sessions;
    private final Consents consents;
    private final Register register;
    private final Api api;

    private CarePlatform(Parts parts) {
        Database database = parts.database();
        InstantSource time = parts.time();
        PlatformConfig config = parts.config();
        Passwords passwords = new Passwords();
        Persons persons = new Persons(database, passwords);
        Facilities facilities = new Facilities(database);
        Residents register = new Residents(database, time, config.memory());
        this.devices = new Devices(database, time, config.memory());
        this.residents = new SubjectFiles(register, facilities, persons, devices::keeper, time, config.zone());
        this.sessions = new Sessions(
                database, time, persons, config.sessions(), parts.neighbours().criticalOpen());
        this.consents = new Consents(database, register, time);
        this.register = new Register(facilities, register, persons, devices, consents);
        this.api = Api.of("openapi/care-platform.yaml");
        SessionRoutes.of(
                        sessions,
                        persons,
                        passwords,
                        new SessionRoutes.Attempting(database, time, config.logins(), parts.audit(), config.proxies()))
                .mount(api);
        mount(parts, facilities, register);
    }

    private void mount(Parts parts, Facilities facilities, Residents register) {
        Neighbours neighbours = parts.neighbours();
        new StationRoutes(facilities).mount(api);
        new DeviceRoutes(devices, residents, parts.audit(), parts.time()).mount(api);
        new ResidentRoutes(register, residents, parts.audit(), parts.time()).mount(api);
        new FamilyRoutes(consents, register, parts.audit(), neighbours.incidents(), neighbours.readings(), parts.time())
                .mount(api);
    }

    /** Migrates its schema and opens the door. */
    public static CarePlatform start(Parts parts) {
        parts.database().migrate("platform");
        return new CarePlatform(parts);
    }

    public Api api() {
        return api;
    }

    /** The pages for a browser. */
    public static Site site() {
        return WebPages.site();
    }

    public DeviceDirectory devices() {
        return devices;
    }

    public ResidentDirectory residents() {
        return residents;
    }

    public SessionDirectory sessions() {
        return sessions;
    }

    public FamilyAccess familyAccess() {
        return consents;
    }

    /** Writes, for seeding and for screens. */
    public Register register() {
        return register;
    }

    /** Nothing runs in the background, so there is nothing to stop; the database belongs to who opened it. */
    @Override
    public void close() {}
}
