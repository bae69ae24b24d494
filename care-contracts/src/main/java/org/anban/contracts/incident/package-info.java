@NullMarked
package org.anban.contracts.incident;

import org.jspecify.annotations.NullMarked;
