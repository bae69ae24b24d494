/** Zigbee devices, as zigbee2mqtt tells of them. */
@NullMarked
package org.anban.gateway.family.zigbee;

import org.jspecify.annotations.NullMarked;
