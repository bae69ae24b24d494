@NullMarked
package org.anban.alert.detection;

import org.jspecify.annotations.NullMarked;
