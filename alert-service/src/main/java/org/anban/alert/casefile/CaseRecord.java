package org.anban.alert.casefile;

import java.util.List;
import org.anban.alert.call.PhoneCall;
import org.anban.alert.casework.CloseNeed;
import org.anban.alert.dispatch.Dispatch;
import org.anban.alert.escalation.LadderView;
import org.anban.alert.incident.Incident;
import org.anban.alert.notice.Notice;
import org.anban.alert.signal.SignalStore;
import org.anban.alert.story.StoryEntry;

/** Everything recorded of an incident and its case, as one transaction read it. */
record CaseRecord(
        Incident incident,
        List<StoryEntry> story,
        List<SignalStore.Heard> signals,
        Work work,
        List<LadderView.Line> ladder,
        List<CloseNeed> closeNeeds,
        List<Incident> others) {

    /** What was done about it. */
    record Work(List<Dispatch> dispatches, List<PhoneCall> calls, List<Notice> notices) {}
}
