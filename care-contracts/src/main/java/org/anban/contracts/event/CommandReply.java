package org.anban.contracts.event;

/**
 * A device's answer to a command.
 *
 * @param commandId the id that the command carried
 * @param outcome {@code done}, {@code refused}, or the device's own word, at most 200 characters
 */
public record CommandReply(EventTime time, String commandId, String outcome) implements DeviceEvent {
    @Override
    public Lane lane() {
        return Lane.TELEMETRY;
    }
}
