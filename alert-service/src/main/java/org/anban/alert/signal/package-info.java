@NullMarked
package org.anban.alert.signal;

import org.jspecify.annotations.NullMarked;
