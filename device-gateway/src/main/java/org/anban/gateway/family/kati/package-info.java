/** Watches of the Kati family, as their vendor's account tells of them. */
@NullMarked
package org.anban.gateway.family.kati;

import org.jspecify.annotations.NullMarked;
