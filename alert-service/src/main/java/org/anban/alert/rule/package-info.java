@NullMarked
package org.anban.alert.rule;

import org.jspecify.annotations.NullMarked;
