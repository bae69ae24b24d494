package org.anban.alert.escalation;

/** Whom a step rings. */
public enum Target {
    /** Every operator on duty who works in the area. */
    OPERATORS,
    SUPERVISOR,
    /** An operator besides the one who was rung first. */
    SECOND_OPERATOR,
    FAMILY,
    STATION,
    DUTY_MANAGER
}
