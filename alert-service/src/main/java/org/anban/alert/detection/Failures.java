package org.anban.alert.detection;

import java.sql.SQLException;
import java.util.Set;
import org.anban.contracts.error.CareException;
import org.jspecify.annotations.Nullable;

/** Tells a database that cannot work now from something it will never accept. */
final class Failures {
    /** Classes of SQLSTATE: connection, rollback by the server, resources, operator, system. */
    private static final Set<String> PASSING = Set.of("08", "40", "53", "55", "57", "58");

    private Failures() {}

    /** Whether the same work may succeed later. */
    static boolean passing(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CareException care && care.kind() == CareException.Kind.UNAVAILABLE) {
                return true;
            }
            if (cause instanceof SQLException sql) {
                return passing(sql.getSQLState());
            }
        }
        return false;
    }

    private static boolean passing(@Nullable String state) {
        return state == null || state.length() < 2 || PASSING.contains(state.substring(0, 2));
    }
}
