package org.anban.alert.casefile;

import java.util.List;
import java.util.Locale;
import org.anban.contracts.subject.SubjectFile;

/**
 * Whom to call first of many who cannot be heard: who depends on power to breathe or to lie safely, then who lives
 * alone, as far as the notes in a file say so; the rest by age.
 */
enum CallOrder {
    BREATHING("制氧", "吸氧", "氧疗", "呼吸机", "oxygen", "ventilator", "cpap"),
    POWERED_BED("电动床", "气垫床", "防褥疮", "powered bed", "air mattress"),
    ALONE("独居", "独自居住", "lives alone", "living alone"),
    OTHERS;

    private final List<String> words;

    CallOrder(String... words) {
        this.words = List.of(words);
    }

    /** For a dwelling, that of whoever there is most in need. */
    static CallOrder of(SubjectFile file) {
        for (CallOrder order : values()) {
            if (order == OTHERS || file.riskNotes().stream().anyMatch(order::isMeant)) {
                return order;
            }
        }
        return OTHERS;
    }

    private boolean isMeant(String note) {
        String low = note.toLowerCase(Locale.ROOT);
        return words.stream().anyMatch(low::contains);
    }
}
