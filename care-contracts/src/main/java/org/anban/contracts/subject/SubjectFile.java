package org.anban.contracts.subject;

import java.util.List;

/**
 * What an operator is shown of a subject once a case is opened; the read is audited.
 *
 * @param age in years, or -1 if unknown
 * @param contacts in calling order
 * @param riskNotes short sentences a responder must know
 * @param occupants for a dwelling, the files of those who live there; else empty
 */
public record SubjectFile(
        SubjectLabel label,
        SubjectStatus status,
        int age,
        String address,
        String phone,
        List<Contact> contacts,
        List<String> riskNotes,
        List<SubjectFile> occupants) {
    public SubjectFile {
        contacts = List.copyOf(contacts);
        riskNotes = List.copyOf(riskNotes);
        occupants = List.copyOf(occupants);
    }
}
