/** From decoded messages to the log: one append a lane for everything that one turn of an event loop read. */
@NullMarked
package org.anban.gateway.intake;

import org.jspecify.annotations.NullMarked;
