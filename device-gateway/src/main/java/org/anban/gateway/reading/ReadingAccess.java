package org.anban.gateway.reading;

import org.anban.contracts.access.FamilyAccess;
import org.anban.contracts.subject.ResidentDirectory;
import org.anban.kit.http.Audit;

/** Who may read readings, and the record of who did. */
public record ReadingAccess(ResidentDirectory residents, FamilyAccess family, Audit audit) {}
