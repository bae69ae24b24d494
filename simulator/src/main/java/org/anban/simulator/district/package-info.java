/** The running district: residents, their devices, and the truth behind what the devices say. */
@NullMarked
package org.anban.simulator.district;

import org.jspecify.annotations.NullMarked;
