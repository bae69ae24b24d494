@NullMarked
package org.anban.launcher.journey;

import org.jspecify.annotations.NullMarked;
