package org.anban.simulator.testing;

import java.net.URI;
import java.util.List;
import org.anban.simulator.demo.DemoDevice;
import org.anban.simulator.demo.DemoFile;
import org.anban.simulator.demo.Login;

/** Small demos for tests. */
public final class Demos {
    private Demos() {}

    public static DemoFile of(URI http, URI mqtt, DemoDevice... devices) {
        return new DemoFile(
                http,
                mqtt,
                new Login("operator", "good"),
                new Login("supervisor", "good"),
                new Login("family", "good"),
                List.of(devices));
    }

    public static DemoDevice device(String id, String kind, String subject) {
        return new DemoDevice(id, "key", kind, subject);
    }
}
