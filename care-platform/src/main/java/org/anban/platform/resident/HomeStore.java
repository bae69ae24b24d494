package org.anban.platform.resident;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anban.contracts.subject.Contact;
import org.anban.contracts.subject.SubjectId;
import org.anban.contracts.subject.SubjectProfile;
import org.anban.contracts.subject.SubjectStatus;
import org.anban.contracts.subject.VitalLimits;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** SQL of dwellings, and of the people to call for those who live there. */
final class HomeStore {
    boolean insert(Handle db, Dwelling d) {
        return db.createUpdate(
                                """
                                insert into platform.dwellings (id, address, area, station)
                                values (:id, :address, :area, :station)
                                on conflict (id) do nothing""")
                        .bind("id", d.id())
                        .bind("address", d.address())
                        .bind("area", d.area())
                        .bind("station", d.station())
                        .execute()
                == 1;
    }

    List<Dwelling> find(Handle db, Collection<String> ids) {
        return db.createQuery("select id, address, area, station from platform.dwellings where id = any (:ids)")
                .bindArray("ids", String.class, ids.toArray())
                .map((row, context) -> new Dwelling(
                        row.getString("id"), row.getString("address"), row.getString("area"), row.getString("station")))
                .list();
    }

    /** What rules read of each. */
    List<SubjectProfile> profiles(Handle db, Collection<String> ids) {
        return db.createQuery("select id, area from platform.dwellings where id = any (:ids)")
                .bindArray("ids", String.class, ids.toArray())
                .map((row, context) -> new SubjectProfile(
                        SubjectId.dwelling(row.getString("id")),
                        SubjectStatus.HOME,
                        VitalLimits.DEFAULT,
                        row.getString("area")))
                .list();
    }

    boolean insert(Handle db, String resident, Contact c) {
        return db.createUpdate(
                                """
                                insert into platform.contacts
                                    (id, resident, name, relation, phone, call_order, holds_key, person)
                                values (:id, :resident, :name, :relation, :phone, :order, :key, nullif(:person, ''))
                                on conflict (id) do nothing""")
                        .bind("id", c.id())
                        .bind("resident", resident)
                        .bind("name", c.name())
                        .bind("relation", c.relation())
                        .bind("phone", c.phone())
                        .bind("order", c.order())
                        .bind("key", c.holdsKey())
                        .bind("person", c.personId())
                        .execute()
                == 1;
    }

    /** By resident, each in calling order. */
    Map<String, List<Contact>> contacts(Handle db, Collection<String> residents) {
        Map<String, List<Contact>> found = new HashMap<>();
        db.createQuery("select * from platform.contacts where resident = any (:residents) order by call_order")
                .bindArray("residents", String.class, residents.toArray())
                .map((row, context) -> Map.entry(row.getString("resident"), contact(row, context)))
                .forEach(each -> found.computeIfAbsent(each.getKey(), key -> new ArrayList<>())
                        .add(each.getValue()));
        return found;
    }

    private static Contact contact(ResultSet row, StatementContext context) throws SQLException {
        String person = row.getString("person");
        return new Contact(
                row.getString("id"),
                person == null ? "" : person,
                row.getString("name"),
                row.getString("relation"),
                row.getString("phone"),
                row.getInt("call_order"),
                row.getBoolean("holds_key"));
    }
}
