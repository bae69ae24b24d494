@NullMarked
package org.anban.kit.postgres;

import org.jspecify.annotations.NullMarked;
