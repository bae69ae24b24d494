@NullMarked
package org.anban.launcher;

import org.jspecify.annotations.NullMarked;
