package org.anban.contracts.subject;

/**
 * What an incident copies of its subject when it opens, so that the alarm path needs no other module afterwards.
 *
 * @param name the resident's name, the dwelling's address, or the device's id
 * @param areaPath the administrative area, from wide to narrow, {@code mentougou/dayu/sanjiadian}; empty if unknown
 * @param station id of the station that answers for the area; empty if none
 */
public record SubjectLabel(SubjectId id, String name, String areaPath, String station) {}
