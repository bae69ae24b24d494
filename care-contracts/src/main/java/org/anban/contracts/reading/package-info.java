@NullMarked
package org.anban.contracts.reading;

import org.jspecify.annotations.NullMarked;
