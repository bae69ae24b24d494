package org.anban.gateway.codec;

/** What is wrong with a packet. */
public enum Flaw {
    /** It cannot be read by the rules of its format. */
    MALFORMED,
    /** It can be read, and MQTT does not allow what it says. */
    PROTOCOL_ERROR,
    /** It is larger than we take. */
    TOO_LARGE,
    /** A CONNECT of a version that we do not speak. */
    VERSION
}
