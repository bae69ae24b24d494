package org.anban.alert;

import org.anban.alert.casefile.CaseFiles;
import org.anban.alert.casefile.CaseReading;
import org.anban.alert.casefile.IncidentRoutes;
import org.anban.alert.casework.CallDesk;
import org.anban.alert.casework.CaseDesk;
import org.anban.alert.casework.CaseParts;
import org.anban.alert.casework.CaseRoutes;
import org.anban.alert.casework.DispatchDesk;
import org.anban.alert.console.ConsoleRoutes;
import org.anban.alert.detection.Detector;
import org.anban.alert.notice.NoticeConfig;
import org.anban.alert.notice.Receipts;
import org.anban.alert.oversight.OversightRoutes;
import org.anban.kit.http.Api;

/** The service's HTTP, mounted by what each package offers. */
final class Routes {
    private Routes() {}

    static Api of(AlertService.Parts parts, Desks desks, Detector detector) {
        Api api = Api.of("openapi/alert-service.yaml");
        CaseParts cases = desks.cases();
        CaseDesk caseDesk = new CaseDesk(cases);
        NoticeConfig notices = parts.config().notices();
        CaseFiles files = new CaseFiles(
                new CaseReading(
                        cases, caseDesk, desks.deadlines(), parts.config().escalation()),
                desks.register(),
                parts.neighbours().family(),
                parts.audit());
        new IncidentRoutes(files, desks.concerns()).mount(api);
        DispatchDesk dispatches = new DispatchDesk(caseDesk, cases, desks.register(), notices.webhook() != null);
        CallDesk calls = new CallDesk(caseDesk, cases, desks.register());
        new CaseRoutes(caseDesk, calls, dispatches, parts.time()).mount(api);
        new ConsoleRoutes(parts.database(), parts.time(), desks.consoles(), desks.streams()).mount(api);
        new Receipts(parts.database(), parts.time(), cases.records().notices(), notices).mount(api);
        new OversightRoutes(detector, desks.register(), parts.audit()).mount(api);
        return api;
    }
}
