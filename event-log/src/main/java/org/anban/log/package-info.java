@NullMarked
package org.anban.log;

import org.jspecify.annotations.NullMarked;
