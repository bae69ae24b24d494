/** The whole system in processes of their own, killed at random moments. */
@NullMarked
package org.anban.launcher.kill;

import org.jspecify.annotations.NullMarked;
