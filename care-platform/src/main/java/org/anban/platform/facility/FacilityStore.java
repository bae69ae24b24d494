package org.anban.platform.facility;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** SQL of areas and facilities. */
final class FacilityStore {
    boolean insertArea(Handle db, Area area) {
        return db.createUpdate(
                                """
                                insert into platform.areas (path, name_zh, name_en) values (:path, :zh, :en)
                                on conflict do nothing""")
                        .bind("path", area.path())
                        .bind("zh", area.nameZh())
                        .bind("en", area.nameEn())
                        .execute()
                == 1;
    }

    boolean insert(Handle db, Facility f) {
        return db.createUpdate(
                                """
                                insert into platform.facilities (id, tier, name_zh, name_en, area, address, phone, parent)
                                values (:id, :tier, :zh, :en, :area, :address, :phone, :parent)
                                on conflict (id) do nothing""")
                        .bind("id", f.id())
                        .bind("tier", f.tier().name())
                        .bind("zh", f.nameZh())
                        .bind("en", f.nameEn())
                        .bind("area", f.area())
                        .bind("address", f.address())
                        .bind("phone", f.phone())
                        .bind("parent", f.parent())
                        .execute()
                == 1;
    }

    /** Gives an area to a station unless it has one. */
    boolean assign(Handle db, String area, String station) {
        return db.createUpdate("update platform.areas set station = :station where path = :area and station is null")
                        .bind("station", station)
                        .bind("area", area)
                        .execute()
                == 1;
    }

    Optional<Facility> find(Handle db, String id) {
        return db.createQuery("select * from platform.facilities where id = :id")
                .bind("id", id)
                .map(FacilityStore::facility)
                .findOne();
    }

    /** The station of the narrowest area on the path that has one. */
    Optional<String> stationOf(Handle db, String areaPath) {
        return db.createQuery(
                        """
                        select station from platform.areas
                        where station is not null and (path = :path or starts_with(:path, path || '/'))
                        order by length(path) desc limit 1""")
                .bind("path", areaPath)
                .mapTo(String.class)
                .findOne();
    }

    List<Facility> all(Handle db) {
        return db.createQuery("select * from platform.facilities order by id")
                .map(FacilityStore::facility)
                .list();
    }

    List<Area> allAreas(Handle db) {
        return db.createQuery("select path, name_zh, name_en from platform.areas order by path")
                .map((row, context) ->
                        new Area(row.getString("path"), row.getString("name_zh"), row.getString("name_en")))
                .list();
    }

    List<String> areasOf(Handle db, String station) {
        return db.createQuery("select path from platform.areas where station = :station order by path")
                .bind("station", station)
                .mapTo(String.class)
                .list();
    }

    private static Facility facility(ResultSet row, StatementContext context) throws SQLException {
        return new Facility(
                row.getString("id"),
                Facility.Tier.valueOf(row.getString("tier")),
                row.getString("name_zh"),
                row.getString("name_en"),
                row.getString("area"),
                row.getString("address"),
                row.getString("phone"),
                row.getString("parent"));
    }
}
