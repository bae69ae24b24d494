package org.anban.log.table;

import java.sql.Connection;
import java.sql.SQLException;

/** Makes connections that belong to the log alone: not from a pool, and not through one that shares sessions. */
@FunctionalInterface
public interface ConnectionSource {
    /** @param purpose a word for the server's list of sessions */
    Connection connect(String purpose) throws SQLException;
}
