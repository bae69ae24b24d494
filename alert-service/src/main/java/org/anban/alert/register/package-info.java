@NullMarked
package org.anban.alert.register;

import org.jspecify.annotations.NullMarked;
