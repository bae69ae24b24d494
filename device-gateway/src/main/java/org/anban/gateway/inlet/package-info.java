/** The side door into the intake: for whatever is not an MQTT connection of ours. */
@NullMarked
package org.anban.gateway.inlet;

import org.jspecify.annotations.NullMarked;
