package org.anban.gateway.topic;

import org.anban.contracts.device.DeviceId;

/**
 * How the senders of one family of models speak: which topics they use, where it stands which device a message is about,
 * and who reads the payloads.
 */
public interface TopicProfile {
    /** The name by which the register's models refer to it. */
    String name();

    /** The family's topics for one sender; its own of {@code care/v1} come on top. */
    Topics topics(DeviceId sender);
}
