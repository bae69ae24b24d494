/**
 * The lean load client: pre-encoded MQTT 3.1.1 at QoS 1 over raw netty, so that a measurement shows the broker's limit
 * and not the client's. Paho, which takes threads by the client, is never used for load.
 */
@NullMarked
package org.anban.simulator.load;

import org.jspecify.annotations.NullMarked;
