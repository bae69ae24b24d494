package org.anban.gateway.push;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.anban.contracts.error.CareException;
import org.anban.gateway.dialect.Dialect;
import org.anban.gateway.vocabulary.Word;
import org.jspecify.annotations.Nullable;

/** A platform that pushes. The register has it under the same name as a vendor account, with the list of its devices. */
record Account(String name, Dialect dialect, boolean active, Secrets secrets, Instant createdAt, List<Word> words) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /**
     * The present secret, and the one before it while it still holds; both sealed.
     *
     * @param used whether a sender has proved itself with the present one
     */
    record Secrets(byte[] present, boolean used, byte @Nullable [] before, @Nullable Instant beforeUntil) {}

    Account {
        if (!FORM.matcher(name).matches()) {
            throw CareException.invalid("account: 1 to 64 characters of A-Z a-z 0-9 . _ -");
        }
        words = List.copyOf(words);
    }
}
