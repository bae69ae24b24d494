package org.anban.platform.device;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anban.contracts.device.Binding;
import org.anban.contracts.device.DeviceDirectory;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.device.Line;
import org.anban.contracts.device.SenderKind;
import org.anban.contracts.error.CareException;
import org.anban.kit.database.Database;
import org.anban.platform.lookup.RecentAnswers;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/** The stock of devices and whom each speaks for. Calls block. */
public final class Devices implements DeviceDirectory {
    private static final PSQLState OVERLAP = PSQLState.EXCLUSION_VIOLATION;

    private final Database database;
    private final InstantSource time;
    private final RecentAnswers<DeviceId, Optional<DeviceProfile>> recent;
    private final DeviceStore store = new DeviceStore();
    private final ChildStore children = new ChildStore();

    /** @param memory how old an answer to {@link #find} may be */
    public Devices(Database database, InstantSource time, Duration memory) {
        this.database = database;
        this.time = time;
        this.recent = new RecentAnswers<>(time, memory, 100_000);
    }

    @Override
    public Optional<DeviceProfile> find(DeviceId id) {
        return recent.get(
                id, asked -> Optional.ofNullable(findAll(List.of(asked)).get(asked)));
    }

    @Override
    public Map<DeviceId, DeviceProfile> findAll(Collection<DeviceId> ids) {
        return database.inTransaction(db -> profiles(db, store.findAll(db, ids)));
    }

    @Override
    public Map<DeviceId, Map<String, DeviceProfile>> children(Collection<DeviceId> speakers) {
        return database.inTransaction(db -> {
            List<ChildStore.Child> listed = children.of(db, speakers);
            Map<DeviceId, DeviceProfile> profiles = profiles(
                    db,
                    store.findAll(
                            db, listed.stream().map(ChildStore.Child::device).toList()));
            Map<DeviceId, Map<String, DeviceProfile>> found = new HashMap<>();
            for (ChildStore.Child child : listed) {
                found.computeIfAbsent(child.speaker(), s -> new HashMap<>())
                        .put(child.name(), profiles.get(child.device()));
            }
            return found;
        });
    }

    /**
     * Puts a device on the list of a relay or a vendor account, unless that name is on it already.
     *
     * @throws CareException INVALID if the speaker is neither; NOT_FOUND if there is no such speaker; CONFLICT if the
     *     device is on a list already
     */
    public boolean addChild(DeviceId speaker, String name, DeviceId device) {
        boolean isNew = database.inTransaction(db -> {
            if (name.isBlank() || name.indexOf(0) >= 0) {
                throw CareException.invalid("name: some text");
            }
            Device one = store.find(db, speaker).orElseThrow(() -> CareException.notFound("no such device"));
            if (one.sender() == SenderKind.DEVICE) {
                throw CareException.invalid("speaker: neither a relay nor a vendor account");
            }
            if (speaker.equals(device) || store.find(db, device).isEmpty()) {
                throw CareException.invalid("device: another that is in the register");
            }
            return insertChild(db, new ChildStore.Child(speaker, name, device));
        });
        recent.forget();
        return isNew;
    }

    /** Takes a name from a list. */
    public void removeChild(DeviceId speaker, String name) {
        if (database.inTransaction(db -> children.delete(db, speaker, name)) == 0) {
            throw CareException.notFound("no such name on the list");
        }
        recent.forget();
    }

    /** Adds a device to the stock unless its id is there already. */
    public boolean add(Device device) {
        boolean isNew = database.inTransaction(db -> store.insert(db, device));
        recent.forget();
        return isNew;
    }

    /**
     * Binds a device to a subject, unless a binding of it begins at that very instant already.
     *
     * @throws CareException CONFLICT if the interval overlaps another of the device; NOT_FOUND if there is no such device
     */
    public boolean bind(DeviceId id, Binding binding) {
        boolean isNew = database.inTransaction(db -> {
            if (store.find(db, id).isEmpty()) {
                throw CareException.notFound("no such device");
            }
            if (store.hasBinding(db, id, binding.from())) {
                return false;
            }
            insert(db, id, binding);
            return true;
        });
        recent.forget();
        return isNew;
    }

    /** Ends what a device is bound to now. */
    public void unbind(DeviceId id, Instant at) {
        if (database.inTransaction(db -> store.endBinding(db, id, at)) == 0) {
            throw CareException.conflict("the device is bound to nobody at that time");
        }
        recent.forget();
    }

    /** Says where a device is in its life; the gateways see it within seconds. */
    void stand(DeviceId id, StandingChange change) {
        database.inTransaction(db -> {
            store.stand(db, id, change);
            return null;
        });
        recent.forget();
    }

    List<StandingChange> standingChanges(DeviceId id) {
        return database.inTransaction(db -> store.standingChanges(db, id));
    }

    /** Id of the facility that keeps a device; empty if nobody does, or if there is no such device. */
    public Optional<String> keeper(String deviceId) {
        return database.inTransaction(db -> store.keeper(db, deviceId));
    }

    List<Stocked> page(DeviceQuery query) {
        return database.inTransaction(db -> {
            List<Device> devices = store.page(db, query, time.instant());
            Map<DeviceId, DeviceProfile> profiles = profiles(db, devices);
            return devices.stream()
                    .map(d -> new Stocked(d, profiles.get(d.id()).subjectAt(time.instant())))
                    .toList();
        });
    }

    private Map<DeviceId, DeviceProfile> profiles(Handle db, List<Device> devices) {
        Map<String, List<Binding>> bindings =
                store.bindings(db, devices.stream().map(Device::id).toList());
        Map<DeviceId, DeviceId> speakers =
                children.speakers(db, devices.stream().map(Device::id).toList());
        Map<DeviceId, DeviceProfile> profiles = new HashMap<>();
        for (Device d : devices) {
            Line line = new Line(d.sender(), d.carrier(), speakers.get(d.id()));
            List<Binding> own = bindings.getOrDefault(d.id().value(), List.of());
            profiles.put(d.id(), new DeviceProfile(d.id(), d.model(), d.standing(), line, own));
        }
        return profiles;
    }

    private boolean insertChild(Handle db, ChildStore.Child child) {
        try {
            return children.insert(db, child);
        } catch (UnableToExecuteStatementException e) {
            if (isFault(e, PSQLState.UNIQUE_VIOLATION)) {
                throw CareException.conflict("the device is on a list already");
            }
            throw e;
        }
    }

    private static boolean isFault(UnableToExecuteStatementException e, PSQLState state) {
        return e.getCause() instanceof PSQLException cause && state.getState().equals(cause.getSQLState());
    }

    private void insert(Handle db, DeviceId id, Binding binding) {
        try {
            store.insertBinding(db, id, binding);
        } catch (UnableToExecuteStatementException e) {
            if (isFault(e, OVERLAP)) {
                throw CareException.conflict("the device is bound to somebody else in that time");
            }
            throw e;
        }
    }
}
