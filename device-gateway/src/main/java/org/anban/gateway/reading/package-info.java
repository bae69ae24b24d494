/** What was measured, stored and read back. */
@NullMarked
package org.anban.gateway.reading;

import org.jspecify.annotations.NullMarked;
