@NullMarked
package org.anban.contracts.device;

import org.jspecify.annotations.NullMarked;
