@NullMarked
package org.anban.log.postgres;

import org.jspecify.annotations.NullMarked;
