@NullMarked
package org.anban.platform.origin;

import org.jspecify.annotations.NullMarked;
