@NullMarked
package org.anban.platform.person;

import org.jspecify.annotations.NullMarked;
