@NullMarked
package org.anban.alert.escalation;

import org.jspecify.annotations.NullMarked;
