/** The outer world's telephones: a provider that takes signed webhooks and lets phones ring on the screen. */
@NullMarked
package org.anban.simulator.phone;

import org.jspecify.annotations.NullMarked;
