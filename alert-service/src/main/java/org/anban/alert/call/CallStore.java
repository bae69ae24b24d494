package org.anban.alert.call;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The calls in the database. */
public final class CallStore {
    public void add(Handle tx, String incidentId, String caseId, PhoneCall call) {
        tx.createUpdate("insert into alert.phone_call (incident, case_id, at, person, person_name, party, contact,"
                        + " number, outcome, text) values (:incident, :case, :at, :person, :name, :party, :contact,"
                        + " :number, :outcome, :text)")
                .bind("incident", incidentId)
                .bind("case", caseId)
                .bind("at", call.by().at())
                .bind("person", call.by().personId())
                .bind("name", call.by().name())
                .bind("party", call.to().word())
                .bind("contact", call.contactId())
                .bind("number", call.number())
                .bind("outcome", call.outcome().word())
                .bind("text", call.text())
                .execute();
    }

    /** Every call of a case, oldest first. */
    public List<PhoneCall> ofCase(Handle tx, String caseId) {
        return tx.createQuery("select * from alert.phone_call where case_id = :case order by at, id")
                .bind("case", caseId)
                .map(CallStore::read)
                .list();
    }

    private static PhoneCall read(ResultSet row, StatementContext context) throws SQLException {
        return new PhoneCall(
                PhoneCall.Party.valueOf(row.getString("party").toUpperCase(Locale.ROOT)),
                row.getString("contact"),
                row.getString("number"),
                PhoneCall.Outcome.valueOf(row.getString("outcome").toUpperCase(Locale.ROOT)),
                row.getString("text"),
                new PhoneCall.By(
                        row.getString("person"),
                        row.getString("person_name"),
                        row.getTimestamp("at").toInstant()));
    }
}
