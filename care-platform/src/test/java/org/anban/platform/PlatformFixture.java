package org.anban.platform;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.anban.contracts.access.Principal;
import org.anban.contracts.event.Signal;
import org.anban.contracts.incident.IncidentFeed;
import org.anban.contracts.incident.IncidentKind;
import org.anban.contracts.incident.IncidentSummary;
import org.anban.contracts.incident.Priority;
import org.anban.contracts.reading.ReadingHistory;
import org.anban.contracts.reading.ReadingPoint;
import org.anban.contracts.subject.SubjectId;
import org.anban.kit.database.Database;
import org.anban.kit.testing.SettableTime;
import org.anban.kit.testing.TestDatabase;
import org.anban.platform.demo.DemoDescription;
import org.anban.platform.demo.DemoDistrict;

/** A platform with the demo district on a database of its own. */
public final class PlatformFixture implements AutoCloseable {
    public static final String PASSWORD = "correct horse 安伴";
    public static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

    public final SettableTime time = new SettableTime(START);
    public final AtomicBoolean criticalOpen = new AtomicBoolean();
    public final RecordedReads audit = new RecordedReads();
    public final OpenedConcerns incidents = new OpenedConcerns();
    private final TestDatabase testDatabase;
    private final CarePlatform platform;

    private final PlatformConfig config;

    private PlatformFixture(TestDatabase testDatabase, PlatformConfig config) {
        this.testDatabase = testDatabase;
        this.config = config;
        this.platform = CarePlatform.start(parts());
    }

    public static PlatformFixture start() {
        return new PlatformFixture(TestDatabase.create(), PlatformConfig.USUAL);
    }

    public static PlatformFixture withDemoDistrict() {
        return withDemoDistrict(PlatformConfig.USUAL);
    }

    public static PlatformFixture withDemoDistrict(PlatformConfig config) {
        PlatformFixture fixture = new PlatformFixture(TestDatabase.create(), config);
        fixture.seed();
        return fixture;
    }

    public DemoDescription seed() {
        Map<String, String> passwords =
                Map.of("operator1", PASSWORD, "family1", PASSWORD, "family2", PASSWORD, "family3", PASSWORD);
        return DemoDistrict.seed(platform.register(), passwords);
    }

    /** Another process on the same database. */
    public CarePlatform another() {
        return CarePlatform.start(parts());
    }

    public CarePlatform platform() {
        return platform;
    }

    public Database database() {
        return testDatabase.database();
    }

    /** One number that a query answers. */
    public long count(String sql) {
        return database()
                .inTransaction(db -> db.createQuery(sql).mapTo(long.class).one());
    }

    private CarePlatform.Parts parts() {
        ReadingHistory readings = (subject, signal, from, to, limit) -> signal == Signal.HEART_RATE
                ? List.of(new ReadingPoint(time.instant().minus(Duration.ofMinutes(1)), 72))
                : List.of();
        CarePlatform.Neighbours neighbours =
                new CarePlatform.Neighbours(() -> incidents, () -> readings, criticalOpen::get);
        return new CarePlatform.Parts(testDatabase.database(), time, audit, neighbours, config);
    }

    @Override
    public void close() {
        platform.close();
        testDatabase.close();
    }

    /** Stands in for the alert service. */
    public final class OpenedConcerns implements IncidentFeed {
        public final List<IncidentSummary> all = new ArrayList<>();

        @Override
        public List<IncidentSummary> of(SubjectId subject, Instant since) {
            return all.stream().filter(i -> i.subject().equals(subject)).toList();
        }

        @Override
        public IncidentSummary openConcern(SubjectId subject, Principal reporter, String words, String commandId) {
            IncidentSummary opened =
                    new IncidentSummary(commandId, subject, IncidentKind.CONCERN, Priority.P2, "OPEN", time.instant());
            all.add(opened);
            return opened;
        }
    }
}
