/** Other people's tests for MQTT servers, run against ours. */
@NullMarked
package org.anban.launcher.interop;

import org.jspecify.annotations.NullMarked;
