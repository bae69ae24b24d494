@NullMarked
package org.anban.platform.demo;

import org.jspecify.annotations.NullMarked;
