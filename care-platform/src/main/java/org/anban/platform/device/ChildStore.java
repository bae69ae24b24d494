package org.anban.platform.device;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.anban.contracts.device.DeviceId;
import org.jdbi.v3.core.Handle;

/** SQL of the lists: for whom a relay or a vendor account speaks. */
final class ChildStore {
    /** One line of a list. */
    record Child(DeviceId speaker, String name, DeviceId device) {}

    boolean insert(Handle db, Child child) {
        return db.createUpdate(
                                """
                                insert into platform.children (speaker, name, device) values (:speaker, :name, :device)
                                on conflict (speaker, name) do nothing""")
                        .bind("speaker", child.speaker().value())
                        .bind("name", child.name())
                        .bind("device", child.device().value())
                        .execute()
                == 1;
    }

    int delete(Handle db, DeviceId speaker, String name) {
        return db.createUpdate("delete from platform.children where speaker = :speaker and name = :name")
                .bind("speaker", speaker.value())
                .bind("name", name)
                .execute();
    }

    /** The lists of some speakers, in order of name. */
    List<Child> of(Handle db, Collection<DeviceId> speakers) {
        return where(db, "speaker", speakers);
    }

    /** Who speaks for some devices, by device. */
    Map<DeviceId, DeviceId> speakers(Handle db, Collection<DeviceId> devices) {
        return where(db, "device", devices).stream().collect(Collectors.toMap(Child::device, Child::speaker));
    }

    private static List<Child> where(Handle db, String column, Collection<DeviceId> ids) {
        return db.createQuery("select speaker, name, device from platform.children where " + column
                        + " = any (:ids) order by speaker, name")
                .bindArray(
                        "ids", String.class, ids.stream().map(DeviceId::value).toArray())
                .map((row, context) -> new Child(
                        new DeviceId(row.getString("speaker")),
                        row.getString("name"),
                        new DeviceId(row.getString("device"))))
                .list();
    }
}
