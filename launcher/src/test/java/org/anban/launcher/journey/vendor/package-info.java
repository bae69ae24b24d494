/** What comes through platforms of others. */
@NullMarked
package org.anban.launcher.journey.vendor;

import org.jspecify.annotations.NullMarked;
