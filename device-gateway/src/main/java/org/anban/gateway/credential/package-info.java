/** What a device proves itself with. */
@NullMarked
package org.anban.gateway.credential;

import org.jspecify.annotations.NullMarked;
