@NullMarked
package org.anban.kit.telemetry;

import org.jspecify.annotations.NullMarked;
