@NullMarked
package org.anban.alert.intake;

import org.jspecify.annotations.NullMarked;
