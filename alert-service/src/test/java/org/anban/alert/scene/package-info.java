@NullMarked
package org.anban.alert.scene;

import org.jspecify.annotations.NullMarked;
