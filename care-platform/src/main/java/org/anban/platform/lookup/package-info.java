@NullMarked
package org.anban.platform.lookup;

import org.jspecify.annotations.NullMarked;
