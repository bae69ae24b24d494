/** How far a device's clock is believed. */
@NullMarked
package org.anban.gateway.clock;

import org.jspecify.annotations.NullMarked;
