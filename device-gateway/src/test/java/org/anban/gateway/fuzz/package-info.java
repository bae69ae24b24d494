/**
 * Coverage-guided fuzzing with Jazzer: of every decoder, and of the MQTT session over a real connection. A few seconds
 * each in the suite; {@code ./care test -pl device-gateway -am -Dtest=FuzzTest -Dfuzz.seconds=3600} for as long as one likes.
 */
@NullMarked
package org.anban.gateway.fuzz;

import org.jspecify.annotations.NullMarked;
