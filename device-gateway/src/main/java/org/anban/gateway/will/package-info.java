/** Last wills: what is told of a device whose connection was lost. */
@NullMarked
package org.anban.gateway.will;

import org.jspecify.annotations.NullMarked;
