/** Playing one device by hand: what {@code press}, {@code replay} and the scenarios have in common. */
@NullMarked
package org.anban.simulator.player;

import org.jspecify.annotations.NullMarked;
