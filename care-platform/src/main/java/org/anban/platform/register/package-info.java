@NullMarked
package org.anban.platform.register;

import org.jspecify.annotations.NullMarked;
