/**
 * The simulator's part of the command line. Exit codes: 0 all went as it must, 1 it was played and something did not, 2
 * it could not begin. What went wrong is one line on the error stream.
 */
@NullMarked
package org.anban.simulator.command;

import org.jspecify.annotations.NullMarked;
