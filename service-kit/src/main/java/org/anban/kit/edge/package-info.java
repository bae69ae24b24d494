/** The HTTP server of a process: serves what services describe in {@link org.anban.kit.http.Api}. */
@NullMarked
package org.anban.kit.edge;

import org.jspecify.annotations.NullMarked;
