/** The packets of MQTT: their size, their answers, their reason codes. */
@NullMarked
package org.anban.gateway.packet;

import org.jspecify.annotations.NullMarked;
