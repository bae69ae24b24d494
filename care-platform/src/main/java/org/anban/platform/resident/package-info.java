@NullMarked
package org.anban.platform.resident;

import org.jspecify.annotations.NullMarked;
