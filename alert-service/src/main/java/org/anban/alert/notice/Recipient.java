package org.anban.alert.notice;

/**
 * Who is told.
 *
 * @param id the person's or the contact's id
 * @param number telephone number; empty for a console
 */
public record Recipient(String id, String name, String number) {}
