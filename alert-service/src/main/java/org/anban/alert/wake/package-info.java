@NullMarked
package org.anban.alert.wake;

import org.jspecify.annotations.NullMarked;
