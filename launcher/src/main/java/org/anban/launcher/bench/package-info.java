@NullMarked
package org.anban.launcher.bench;

import org.jspecify.annotations.NullMarked;
