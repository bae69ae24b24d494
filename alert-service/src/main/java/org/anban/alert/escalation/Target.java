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
    DUTY_MANAGER;

    /** Whether the register must say who that is. */
    boolean needsRegister() {
        return this == FAMILY || this == STATION || this == DUTY_MANAGER;
    }
}
