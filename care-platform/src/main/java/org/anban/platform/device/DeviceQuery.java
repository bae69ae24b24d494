package org.anban.platform.device;

import org.jspecify.annotations.Nullable;

/**
 * A page of the stock.
 *
 * @param after id after which the page begins; empty for the first
 * @param kind only this kind, or null
 * @param subject only what speaks for this subject now, or null
 */
record DeviceQuery(String after, @Nullable String kind, @Nullable String subject, int limit) {}
