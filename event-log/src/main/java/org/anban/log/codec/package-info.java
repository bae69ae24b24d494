@NullMarked
package org.anban.log.codec;

import org.jspecify.annotations.NullMarked;
