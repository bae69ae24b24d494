package org.anban.platform.person;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.anban.contracts.access.Role;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** SQL of persons. */
final class PersonStore {
    private static final String COLUMNS = "select id, username, display_name, phone, roles, areas, station";

    boolean exists(Handle db, String id) {
        return db.createQuery("select exists (select from platform.persons where id = :id)")
                .bind("id", id)
                .mapTo(boolean.class)
                .one();
    }

    boolean insert(Handle db, Person person, @Nullable String passwordHash) {
        Person.Post post = person.post();
        return db.createUpdate(
                                """
                                insert into platform.persons
                                    (id, username, display_name, phone, roles, areas, station, password_hash)
                                values (:id, :username, :name, :phone, :roles, :areas, :station, :hash)
                                on conflict (id) do nothing""")
                        .bind("id", person.id())
                        .bind("username", person.username())
                        .bind("name", person.displayName())
                        .bind("phone", person.phone())
                        .bindArray("roles", String.class, names(post.roles()))
                        .bindArray("areas", String.class, post.areas().toArray())
                        .bind("station", post.station())
                        .bind("hash", passwordHash)
                        .execute()
                == 1;
    }

    int setPassword(Handle db, String id, String hash) {
        return db.createUpdate("update platform.persons set password_hash = :hash where id = :id")
                .bind("hash", hash)
                .bind("id", id)
                .execute();
    }

    Optional<Person> find(Handle db, String id) {
        return db.createQuery(COLUMNS + " from platform.persons where id = :id and active")
                .bind("id", id)
                .map(PersonStore::person)
                .findOne();
    }

    List<Person> withRole(Handle db, Role role) {
        return db.createQuery(COLUMNS + " from platform.persons where :role = any (roles) and active order by id")
                .bind("role", role.name())
                .map(PersonStore::person)
                .list();
    }

    Optional<Persons.Account> account(Handle db, String username) {
        return db.createQuery(COLUMNS
                        + ", password_hash from platform.persons"
                        + " where username = :username and active and password_hash is not null")
                .bind("username", username)
                .map((row, context) -> new Persons.Account(person(row, context), row.getString("password_hash")))
                .findOne();
    }

    int setActive(Handle db, String id, boolean active) {
        return db.createUpdate("update platform.persons set active = :active where id = :id")
                .bind("id", id)
                .bind("active", active)
                .execute();
    }

    private static Object[] names(Set<Role> roles) {
        return roles.stream().map(Role::name).sorted().toArray();
    }

    private static Person person(ResultSet row, StatementContext context) throws SQLException {
        Set<Role> roles = Arrays.stream(texts(row, "roles")).map(Role::valueOf).collect(Collectors.toUnmodifiableSet());
        Person.Post post = new Person.Post(roles, List.of(texts(row, "areas")), row.getString("station"));
        return new Person(
                row.getString("id"),
                row.getString("username"),
                row.getString("display_name"),
                row.getString("phone"),
                post);
    }

    private static String[] texts(ResultSet row, String column) throws SQLException {
        return (String[]) row.getArray(column).getArray();
    }
}
