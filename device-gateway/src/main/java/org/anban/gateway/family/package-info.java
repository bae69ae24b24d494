/** The families of senders that are understood. */
@NullMarked
package org.anban.gateway.family;

import org.jspecify.annotations.NullMarked;
