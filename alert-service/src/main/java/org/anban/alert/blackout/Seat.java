package org.anban.alert.blackout;

import java.util.List;
import org.anban.alert.memory.DeviceTrack;
import org.anban.contracts.subject.SubjectId;

/**
 * A device that has just broken its promise, at home, with a charge.
 *
 * @param brokenAt when it broke its promise, in milliseconds
 * @param interval that it promised, in milliseconds
 * @param groups what it shares with others that can fail, the most specific first
 */
record Seat(SubjectId subject, DeviceTrack track, long brokenAt, long interval, List<SubjectId> groups) {
    String device() {
        return track.device();
    }
}
