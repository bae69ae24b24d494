package org.anban.launcher.architecture.wrong.kit;

import java.time.Instant;

class OpenThingManager {
    static int count;

    Instant when() {
        count++;
        return Instant.now();
    }
}
