@NullMarked
package org.anban.simulator;

import org.jspecify.annotations.NullMarked;
