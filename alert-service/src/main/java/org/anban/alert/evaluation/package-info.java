@NullMarked
package org.anban.alert.evaluation;

import org.jspecify.annotations.NullMarked;
