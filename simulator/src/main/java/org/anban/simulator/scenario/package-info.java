/** Stories from a district, each with the incidents that must come of it, checked through the public API. */
@NullMarked
package org.anban.simulator.scenario;

import org.jspecify.annotations.NullMarked;
