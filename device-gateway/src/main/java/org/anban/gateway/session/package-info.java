/** What is remembered of a device between two connections, and what is known while it is connected. */
@NullMarked
package org.anban.gateway.session;

import org.jspecify.annotations.NullMarked;
