@NullMarked
package org.anban.launcher.browser;

import org.jspecify.annotations.NullMarked;
