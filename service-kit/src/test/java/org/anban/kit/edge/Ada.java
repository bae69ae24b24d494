package org.anban.kit.edge;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.anban.contracts.access.Principal;
import org.anban.contracts.access.Role;
import org.anban.contracts.access.SessionDirectory;

/** Somebody who is logged in. */
final class Ada {
    static final String TOKEN = "token-of-ada";
    static final Principal PRINCIPAL =
            new Principal("p-1", "ada", "Ada", Set.of(Role.OPERATOR), List.of("mentougou"), "session-1");
    static final SessionDirectory ONLY = token -> token.equals(TOKEN) ? Optional.of(PRINCIPAL) : Optional.empty();

    private Ada() {}
}
