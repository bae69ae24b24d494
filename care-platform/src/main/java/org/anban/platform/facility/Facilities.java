package org.anban.platform.facility;

import java.util.List;
import java.util.Optional;
import org.anban.kit.database.Database;

/** The care network: areas, and the facilities that answer for them. Calls block. */
public final class Facilities {
    private final Database database;
    private final FacilityStore store = new FacilityStore();

    public Facilities(Database database) {
        this.database = database;
    }

    /** Adds an area unless its path is there already. */
    public boolean add(Area area) {
        return database.inTransaction(db -> store.insertArea(db, area));
    }

    /** Adds a facility unless its id is there already; a new one answers for the areas given that nobody answers for. */
    public boolean add(Facility facility, List<String> areas) {
        return database.inTransaction(db -> {
            boolean isNew = store.insert(db, facility);
            if (isNew) {
                areas.forEach(area -> store.assign(db, area, facility.id()));
            }
            return isNew;
        });
    }

    public Optional<Facility> find(String id) {
        return database.inTransaction(db -> store.find(db, id));
    }

    /** Id of the one station that answers for an area. */
    public Optional<String> stationOf(String areaPath) {
        return database.inTransaction(db -> store.stationOf(db, areaPath));
    }

    /** What people call an area. */
    public Optional<String> areaName(String areaPath) {
        return database.inTransaction(store::allAreas).stream()
                .filter(area -> area.path().equals(areaPath))
                .map(Area::nameZh)
                .findFirst();
    }

    List<Facility> all() {
        return database.inTransaction(store::all);
    }

    List<Area> areas() {
        return database.inTransaction(store::allAreas);
    }

    List<String> areasOf(String station) {
        return database.inTransaction(db -> store.areasOf(db, station));
    }
}
