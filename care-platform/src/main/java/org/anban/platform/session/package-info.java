@NullMarked
package org.anban.platform.session;

import org.jspecify.annotations.NullMarked;
