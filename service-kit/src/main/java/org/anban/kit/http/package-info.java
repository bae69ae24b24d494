@NullMarked
package org.anban.kit.http;

import org.jspecify.annotations.NullMarked;
