@NullMarked
package org.anban.contracts.error;

import org.jspecify.annotations.NullMarked;
