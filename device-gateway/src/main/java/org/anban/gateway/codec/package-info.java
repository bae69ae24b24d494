/** MQTT's packets as a device sends them, read strictly: what the standards forbid is told, not guessed at. */
@NullMarked
package org.anban.gateway.codec;

import org.jspecify.annotations.NullMarked;
