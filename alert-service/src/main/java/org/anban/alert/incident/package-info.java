@NullMarked
package org.anban.alert.incident;

import org.jspecify.annotations.NullMarked;
