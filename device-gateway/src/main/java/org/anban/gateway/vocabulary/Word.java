package org.anban.gateway.vocabulary;

import java.util.Optional;
import org.anban.contracts.error.CareException;
import org.anban.contracts.event.ReportKind;
import org.anban.contracts.event.Signal;

/**
 * What a vendor's name for a value or an event means.
 *
 * @param model our register's name of the model; empty for every model
 * @param name the vendor's name; {@code service.name} for one service only
 * @param value the word holds only when the value is this text; empty for whatever value
 * @param means a signal's or an event's name on our wire, or {@code ignore}
 */
public record Word(String model, String name, String value, String means) {
    public static final String IGNORE = "ignore";
    private static final int LONGEST = 100;

    public Word {
        if (name.isBlank() || Math.max(name.length(), Math.max(model.length(), value.length())) > LONGEST) {
            throw CareException.invalid("word: a name, and nothing longer than " + LONGEST + " characters");
        }
        if (!means.equals(IGNORE)
                && Signal.ofWireName(means).isEmpty()
                && ReportKind.ofWireName(means).isEmpty()) {
            throw CareException.invalid("word: \"" + means + "\" is no signal, no event and not \"ignore\"");
        }
        if (!value.isEmpty()
                && Signal.ofWireName(means).isPresent()
                && ReportKind.ofWireName(means).isEmpty()) {
            throw CareException.invalid("word: a signal takes whatever value there is");
        }
    }

    Optional<ReportKind> kind() {
        return ReportKind.ofWireName(means);
    }
}
