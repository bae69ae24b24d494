/** The record of who read or did what, in the schema {@code kit}. */
@NullMarked
package org.anban.kit.audit;

import org.jspecify.annotations.NullMarked;
