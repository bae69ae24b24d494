@NullMarked
package org.anban.log.table;

import org.jspecify.annotations.NullMarked;
