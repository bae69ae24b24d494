@NullMarked
package org.anban.contracts.access;

import org.jspecify.annotations.NullMarked;
