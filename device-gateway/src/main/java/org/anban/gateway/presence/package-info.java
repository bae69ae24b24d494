/** What is known of each device from what is heard of it: connected, silent, flapping, worn, its battery. */
@NullMarked
package org.anban.gateway.presence;

import org.jspecify.annotations.NullMarked;
