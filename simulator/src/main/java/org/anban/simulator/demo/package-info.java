/** The started demo as a program sees it: addresses, logins and device keys from {@code demo.json}. */
@NullMarked
package org.anban.simulator.demo;

import org.jspecify.annotations.NullMarked;
