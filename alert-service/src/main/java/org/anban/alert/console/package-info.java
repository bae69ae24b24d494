@NullMarked
package org.anban.alert.console;

import org.jspecify.annotations.NullMarked;
