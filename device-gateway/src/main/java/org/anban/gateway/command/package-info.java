/** Commands to devices and what came of them. */
@NullMarked
package org.anban.gateway.command;

import org.jspecify.annotations.NullMarked;
