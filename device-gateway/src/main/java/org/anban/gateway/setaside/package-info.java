/** What was refused or set aside, counted by device and reason. */
@NullMarked
package org.anban.gateway.setaside;

import org.jspecify.annotations.NullMarked;
