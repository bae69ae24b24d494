package org.anban.simulator.recording;

import java.util.List;

/**
 * A recording, read whole.
 *
 * @param layout what it was read as
 * @param messages in the order of time
 * @param problems rows that could not be read, each with its line; all others are in the messages
 * @param note what else is worth knowing, e.g. how much is not played; may be empty
 */
public record Recording(String layout, List<RecordedMessage> messages, List<String> problems, String note) {
    public Recording {
        messages = List.copyOf(messages);
        problems = List.copyOf(problems);
    }

    /** Seconds from its beginning to the last message. */
    public double seconds() {
        return messages.isEmpty() ? 0 : messages.get(messages.size() - 1).seconds();
    }
}
