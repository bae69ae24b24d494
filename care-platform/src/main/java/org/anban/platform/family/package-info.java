@NullMarked
package org.anban.platform.family;

import org.jspecify.annotations.NullMarked;
