@NullMarked
package org.anban.launcher.journey.incident;

import org.jspecify.annotations.NullMarked;
