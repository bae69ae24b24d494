package org.anban.launcher;

import java.util.concurrent.atomic.AtomicReference;
import org.anban.alert.AlertService;
import org.anban.gateway.DeviceGateway;
import org.anban.platform.CarePlatform;
import org.jspecify.annotations.Nullable;

/** The platform is built first and asks the others later: they are introduced once they are there. */
final class Neighbourhood {
    private final AtomicReference<@Nullable AlertService> alert = new AtomicReference<>();
    private final AtomicReference<@Nullable DeviceGateway> gateway = new AtomicReference<>();

    CarePlatform.Neighbours ofPlatform() {
        return new CarePlatform.Neighbours(
                () -> met(alert).feed(), () -> met(gateway).history(), () -> met(alert)
                        .criticalOpen());
    }

    void meet(AlertService alertService, DeviceGateway deviceGateway) {
        alert.set(alertService);
        gateway.set(deviceGateway);
    }

    private static <T> T met(AtomicReference<@Nullable T> neighbour) {
        T there = neighbour.get();
        if (there == null) {
            throw new IllegalStateException("asked before everything was started");
        }
        return there;
    }
}
