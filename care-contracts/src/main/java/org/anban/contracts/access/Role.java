package org.anban.contracts.access;

/** What somebody is allowed to be. */
public enum Role {
    OPERATOR,
    SUPERVISOR,
    DUTY_MANAGER,
    RESPONDER,
    FAMILY,
    ADMINISTRATOR
}
