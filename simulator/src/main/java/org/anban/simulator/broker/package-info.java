/** Programs of others that a measurement or a test starts beside ours. */
@NullMarked
package org.anban.simulator.broker;

import org.jspecify.annotations.NullMarked;
