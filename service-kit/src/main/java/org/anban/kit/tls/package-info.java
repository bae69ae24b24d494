/** Certificates from files, exchanged while connections go on. */
@NullMarked
package org.anban.kit.tls;

import org.jspecify.annotations.NullMarked;
