@NullMarked
package org.anban.alert.blackout;

import org.jspecify.annotations.NullMarked;
