/** RFC 8428: packs and their resolution. */
@NullMarked
package org.anban.gateway.senml;

import org.jspecify.annotations.NullMarked;
