@NullMarked
package org.anban.kit.config;

import org.jspecify.annotations.NullMarked;
