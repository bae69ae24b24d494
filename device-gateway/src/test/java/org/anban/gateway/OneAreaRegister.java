package org.anban.gateway;

import java.util.List;
import java.util.Optional;
import org.anban.contracts.subject.Contact;
import org.anban.contracts.subject.ResidentDirectory;
import org.anban.contracts.subject.Responder;
import org.anban.contracts.subject.SubjectFile;
import org.anban.contracts.subject.SubjectId;
import org.anban.contracts.subject.SubjectLabel;
import org.anban.contracts.subject.SubjectProfile;
import org.anban.contracts.subject.SubjectStatus;
import org.anban.contracts.subject.VitalLimits;

/** A register in which everybody lives in one area. */
public final class OneAreaRegister implements ResidentDirectory {
    @Override
    public SubjectProfile profile(SubjectId id) {
        return new SubjectProfile(id, SubjectStatus.HOME, VitalLimits.DEFAULT);
    }

    @Override
    public SubjectLabel label(SubjectId id) {
        return new SubjectLabel(id, id.key(), "mentougou/dayu", "");
    }

    @Override
    public Optional<SubjectFile> file(SubjectId id) {
        return Optional.empty();
    }

    @Override
    public List<Contact> contacts(SubjectId id) {
        return List.of();
    }

    @Override
    public Optional<Contact> stationContact(String station) {
        return Optional.empty();
    }

    @Override
    public Optional<Contact> dutyManager(String areaPath) {
        return Optional.empty();
    }

    @Override
    public List<Responder> responders(String areaPath) {
        return List.of();
    }

    @Override
    public Optional<Responder> responder(String id) {
        return Optional.empty();
    }
}
