@NullMarked
package org.anban.alert.call;

import org.jspecify.annotations.NullMarked;
