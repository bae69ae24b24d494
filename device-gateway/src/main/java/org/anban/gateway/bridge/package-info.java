/** Devices of another broker: their messages go the same way as those of our own, and are kept there until they are logged. */
@NullMarked
package org.anban.gateway.bridge;

import org.jspecify.annotations.NullMarked;
