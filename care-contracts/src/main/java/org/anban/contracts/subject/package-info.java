@NullMarked
package org.anban.contracts.subject;

import org.jspecify.annotations.NullMarked;
