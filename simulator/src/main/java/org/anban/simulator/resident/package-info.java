/**
 * A resident's day and body. Everything is a pure function of seed, person and time, so that the truth behind any
 * message can be asked for afterwards, in any order.
 */
@NullMarked
package org.anban.simulator.resident;

import org.jspecify.annotations.NullMarked;
