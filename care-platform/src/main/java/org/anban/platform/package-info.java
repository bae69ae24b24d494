@NullMarked
package org.anban.platform;

import org.jspecify.annotations.NullMarked;
