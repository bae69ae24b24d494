package org.anban.alert.incident;

import org.anban.alert.notice.NoticeStore;
import org.anban.alert.signal.SignalStore;
import org.anban.alert.story.Story;

/** Where an incident, its signals, its story and its notices are written. */
public record Records(IncidentStore incidents, SignalStore signals, Story story, NoticeStore notices) {}
