package org.anban.gateway.command;

/**
 * Something that a device shall do.
 *
 * @param payload what goes over the wire: the body that was asked for, with the command's id in it
 */
public record Command(String id, String device, String payload) {}
