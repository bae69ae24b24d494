/** Readings of one device within one hour, packed: what the reading store keeps. */
@NullMarked
package org.anban.gateway.block;

import org.jspecify.annotations.NullMarked;
