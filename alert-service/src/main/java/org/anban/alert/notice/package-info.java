@NullMarked
package org.anban.alert.notice;

import org.jspecify.annotations.NullMarked;
