package org.anban.alert.detection;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.anban.alert.evaluation.Outage;
import org.anban.alert.rule.Rule.SignOfLife;
import org.anban.contracts.subject.SubjectId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The tables of our own outages. */
final class OutageStore {
    void save(Handle handle, Collection<Outage> outages) {
        for (Outage outage : outages) {
            handle.createUpdate(
                            "insert into alert.outage (batch, from_at, to_at) values (:batch, :from, :to) on conflict do nothing")
                    .bind("batch", outage.batch())
                    .bind("from", outage.from())
                    .bind("to", outage.to())
                    .execute();
            PreparedBatch checks = handle.prepareBatch(
                    """
                    insert into alert.outage_check (outage, subject, heard_before) values (:outage, :subject, :before)
                    on conflict do nothing""");
            for (Outage.Check check : outage.checks()) {
                checks.bind("outage", outage.batch())
                        .bind("subject", check.subject().toString())
                        .bind("before", check.heardBefore())
                        .add();
            }
            checks.execute();
        }
    }

    void back(Handle handle, Collection<SignOfLife> signs) {
        PreparedBatch batch = handle.prepareBatch(
                "update alert.outage_check set heard_again = :at where subject = :subject and heard_again is null");
        for (SignOfLife sign : signs) {
            batch.bind("subject", sign.subject().toString())
                    .bind("at", sign.at())
                    .add();
        }
        batch.execute();
    }

    /** All who have not been heard since an outage that ended after an instant. */
    List<SubjectId> unheard(Handle handle, Instant since) {
        return handle.createQuery(
                        """
                        select distinct subject from alert.outage_check join alert.outage on outage = batch
                        where heard_again is null and to_at > :since""")
                .bind("since", since)
                .map((row, context) -> SubjectId.parse(row.getString("subject")))
                .list();
    }

    /** Newest first. */
    List<Outage> list(Handle handle, int limit) {
        return handle.createQuery("select batch, from_at, to_at from alert.outage order by batch desc limit :limit")
                .bind("limit", limit)
                .map((row, context) -> new Outage(
                        row.getLong("batch"),
                        row.getTimestamp("from_at").toInstant(),
                        row.getTimestamp("to_at").toInstant(),
                        checks(handle, row.getLong("batch"))))
                .list();
    }

    private static List<Outage.Check> checks(Handle handle, long outage) {
        return handle.createQuery(
                        "select subject, heard_before, heard_again from alert.outage_check where outage = :outage order by subject")
                .bind("outage", outage)
                .map((row, context) -> {
                    Timestamp again = row.getTimestamp("heard_again");
                    return new Outage.Check(
                            SubjectId.parse(row.getString("subject")),
                            row.getTimestamp("heard_before").toInstant(),
                            again == null ? null : again.toInstant());
                })
                .list();
    }
}
