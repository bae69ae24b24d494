@NullMarked
package org.anban.simulator.testing;

import org.jspecify.annotations.NullMarked;
