@NullMarked
package org.anban.kit.loop;

import org.jspecify.annotations.NullMarked;
