package org.anban.gateway.command;

import java.time.Instant;

/**
 * Something that a device shall do.
 *
 * @param payload what goes over the wire: the body that was asked for, with the command's id in it
 */
public record Command(String id, String device, String payload, Instant expiresAt) {}
