@NullMarked
package org.anban.alert.oversight;

import org.jspecify.annotations.NullMarked;
