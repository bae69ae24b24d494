/** Models of devices: what each kind makes of a resident's moment. */
@NullMarked
package org.anban.simulator.device;

import org.jspecify.annotations.NullMarked;
