@NullMarked
package org.anban.alert.deadline;

import org.jspecify.annotations.NullMarked;
