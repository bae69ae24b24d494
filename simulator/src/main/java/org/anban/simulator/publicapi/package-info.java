/** The public HTTP API as any outside program uses it. */
@NullMarked
package org.anban.simulator.publicapi;

import org.jspecify.annotations.NullMarked;
