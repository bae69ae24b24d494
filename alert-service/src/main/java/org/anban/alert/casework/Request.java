package org.anban.alert.casework;

import org.anban.contracts.access.Principal;

/**
 * A person acts on an incident.
 *
 * @param version what the person saw
 * @param commandId chosen by the caller: the same one again has no second effect and gets the same answer
 */
public record Request(Principal who, String incidentId, int version, String commandId) {}
