/** Which devices a member of staff may know of. */
@NullMarked
package org.anban.gateway.staff;

import org.jspecify.annotations.NullMarked;
