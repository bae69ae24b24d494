package org.anban.contracts.subject;

/**
 * Somebody to call for a subject.
 *
 * @param personId the contact's own account, or empty
 * @param relation {@code daughter}, {@code neighbour}, {@code resident} for the resident's own telephone, …
 * @param order 1 is called first
 */
public record Contact(
        String id, String personId, String name, String relation, String phone, int order, boolean holdsKey) {}
