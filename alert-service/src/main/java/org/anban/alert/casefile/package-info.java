@NullMarked
package org.anban.alert.casefile;

import org.jspecify.annotations.NullMarked;
