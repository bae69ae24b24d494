/** Recordings of devices in several layouts, turned into the messages that a device would have sent. */
@NullMarked
package org.anban.simulator.recording;

import org.jspecify.annotations.NullMarked;
