@NullMarked
package org.anban.alert.casework;

import org.jspecify.annotations.NullMarked;
