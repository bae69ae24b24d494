package org.anban.platform.family;

import java.time.Instant;
import java.util.List;
import org.anban.contracts.access.FamilyAccess;
import org.jdbi.v3.core.Handle;

/** SQL of consents. */
final class ConsentStore {
    /** A consent that holds now, and how the person is related; {@code family} if nobody wrote it down. */
    record Held(String resident, FamilyAccess.Scope scope, String relation) {}

    boolean insert(Handle db, Consent c) {
        return db.createUpdate(
                                """
                                insert into platform.consents (id, resident, family, scope, valid_from, valid_to)
                                values (:id, :resident, :family, :scope, :from, :to)
                                on conflict (id) do nothing""")
                        .bind("id", c.id())
                        .bind("resident", c.resident())
                        .bind("family", c.family())
                        .bind("scope", c.scope().name())
                        .bind("from", c.from())
                        .bind("to", c.to())
                        .execute()
                == 1;
    }

    int withdraw(Handle db, String id, Instant at) {
        return db.createUpdate("update platform.consents set withdrawn_at = coalesce(withdrawn_at, :at) where id = :id")
                .bind("at", at)
                .bind("id", id)
                .execute();
    }

    List<Held> held(Handle db, String family, Instant now) {
        return db.createQuery(
                        """
                        select distinct on (c.resident, c.scope) c.resident, c.scope,
                            coalesce(k.relation, 'family') as relation
                        from platform.consents c
                        left join platform.contacts k on k.resident = c.resident and k.person = c.family
                        where c.family = :family and c.valid_from <= :now and (c.valid_to is null or c.valid_to > :now)
                          and (c.withdrawn_at is null or c.withdrawn_at > :now)
                        order by c.resident, c.scope, k.call_order""")
                .bind("family", family)
                .bind("now", now)
                .map((row, context) -> new Held(
                        row.getString("resident"),
                        FamilyAccess.Scope.valueOf(row.getString("scope")),
                        row.getString("relation")))
                .list();
    }
}
