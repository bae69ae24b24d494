@NullMarked
package org.anban.alert.story;

import org.jspecify.annotations.NullMarked;
