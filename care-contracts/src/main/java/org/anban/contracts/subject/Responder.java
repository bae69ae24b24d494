package org.anban.contracts.subject;

/** Somebody who can be sent to a home. */
public record Responder(String id, String name, String phone, String station) {}
