@NullMarked
package org.anban.alert.memory;

import org.jspecify.annotations.NullMarked;
