@NullMarked
package org.anban.alert;

import org.jspecify.annotations.NullMarked;
