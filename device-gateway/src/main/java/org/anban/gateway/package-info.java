@NullMarked
package org.anban.gateway;

import org.jspecify.annotations.NullMarked;
