/** MQTT 3.1.1 and 5: connections and their state machine. */
@NullMarked
package org.anban.gateway.mqtt;

import org.jspecify.annotations.NullMarked;
