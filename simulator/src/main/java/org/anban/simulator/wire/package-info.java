/** A device's connection as docs/wire.md lays down, through Eclipse Paho, which shares no code with the gateway. */
@NullMarked
package org.anban.simulator.wire;

import org.jspecify.annotations.NullMarked;
