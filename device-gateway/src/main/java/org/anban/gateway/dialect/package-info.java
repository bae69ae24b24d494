/** What the platforms of vendors and carriers push over HTTP: who it is from, and which devices it speaks of. */
@NullMarked
package org.anban.gateway.dialect;

import org.jspecify.annotations.NullMarked;
