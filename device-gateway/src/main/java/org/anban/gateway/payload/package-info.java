/** From the bytes of a message to what the device meant. */
@NullMarked
package org.anban.gateway.payload;

import org.jspecify.annotations.NullMarked;
