/** Where messages come from: a device as the gateway knows it, on whatever way it reaches us. */
@NullMarked
package org.anban.gateway.source;

import org.jspecify.annotations.NullMarked;
