/** What devices say, encoded as docs/wire.md lays down. */
@NullMarked
package org.anban.simulator.payload;

import org.jspecify.annotations.NullMarked;
