@NullMarked
package org.anban.contracts.event;

import org.jspecify.annotations.NullMarked;
