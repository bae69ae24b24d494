/** Messages that platforms of vendors and carriers push over HTTP: the accounts, and the way into the intake. */
@NullMarked
package org.anban.gateway.push;

import org.jspecify.annotations.NullMarked;
