@NullMarked
package org.anban.alert.dispatch;

import org.jspecify.annotations.NullMarked;
