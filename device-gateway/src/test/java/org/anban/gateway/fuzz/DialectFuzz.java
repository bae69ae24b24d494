package org.anban.gateway.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.anban.gateway.dialect.Dialect;
import org.anban.gateway.payload.UnusablePayload;

/** Any text as the body of a platform's push: it is read or refused with a reason. */
public final class DialectFuzz {
    static final List<String> NAMES = List.of("onenet", "ctwing", "huawei", "anban");

    private DialectFuzz() {}

    /** The first byte chooses the platform, the rest is the body. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        Dialect dialect =
                Dialect.ofName(NAMES.get((data[0] & 0xFF) % NAMES.size())).orElseThrow();
        try {
            dialect.read(new String(data, 1, data.length - 1, StandardCharsets.UTF_8))
                    .forEach(Object::hashCode);
        } catch (UnusablePayload e) {
            e.reason().name();
        }
    }
}
