/** Who is let in. */
@NullMarked
package org.anban.gateway.admission;

import org.jspecify.annotations.NullMarked;
