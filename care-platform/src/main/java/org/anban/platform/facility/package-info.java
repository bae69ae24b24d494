@NullMarked
package org.anban.platform.facility;

import org.jspecify.annotations.NullMarked;
