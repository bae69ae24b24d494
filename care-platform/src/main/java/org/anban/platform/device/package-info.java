@NullMarked
package org.anban.platform.device;

import org.jspecify.annotations.NullMarked;
