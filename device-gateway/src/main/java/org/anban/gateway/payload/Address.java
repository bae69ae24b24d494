package org.anban.gateway.payload;

/**
 * What a topic says of the messages on it.
 *
 * @param child what the sender calls the device that a message is about; empty if it is about the sender itself, or if
 *     the payload says whom it is about
 */
public record Address(Channel channel, String child) {
    public static Address ofSender(Channel channel) {
        return new Address(channel, "");
    }
}
