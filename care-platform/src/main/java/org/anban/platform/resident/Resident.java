package org.anban.platform.resident;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.anban.contracts.error.CareException;
import org.anban.contracts.subject.SubjectId;
import org.anban.contracts.subject.SubjectStatus;
import org.anban.contracts.subject.VitalLimits;
import org.jspecify.annotations.Nullable;

/**
 * Somebody we keep watch over.
 *
 * @param dwelling id of the home, or null
 * @param limits the resident's own, or null for the district's
 */
public record Resident(
        String id,
        Details details,
        @Nullable String dwelling,
        Standing standing,
        List<String> riskNotes,
        @Nullable VitalLimits limits) {
    public enum Sex {
        FEMALE,
        MALE,
        UNKNOWN
    }

    /** Who it is; {@code phone} is the resident's own, or empty. */
    public record Details(String name, @Nullable LocalDate birthDate, Sex sex, String phone) {}

    /** Where the resident is, and since when. */
    public record Standing(SubjectStatus status, Instant since) {}

    /**
     * One change of status.
     *
     * @param by id of the person who recorded it, or null for the registration
     */
    public record StatusChange(Standing standing, Instant recordedAt, @Nullable String by, String note) {}

    public Resident {
        riskNotes = List.copyOf(riskNotes);
        if (id.isBlank() || details.name().isBlank()) {
            throw CareException.invalid("resident: needs an id and a name");
        }
    }

    public SubjectId subject() {
        return SubjectId.resident(id);
    }
}
