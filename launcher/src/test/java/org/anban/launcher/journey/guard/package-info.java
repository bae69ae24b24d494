@NullMarked
package org.anban.launcher.journey.guard;

import org.jspecify.annotations.NullMarked;
