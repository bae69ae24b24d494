package org.anban.gateway.payload;

import java.util.HashMap;
import java.util.Map;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.event.DeviceEvent;
import org.anban.contracts.event.DeviceReport;
import org.anban.gateway.setaside.Reason;

/** What a decoder found, as text that a person can read. */
public final class Collected implements Findings {
    private final StringBuilder text = new StringBuilder();
    private final Map<String, DeviceProfile> children = new HashMap<>();
    private DeviceEvent last;

    public Collected lists(String name, DeviceProfile child) {
        children.put(name, child);
        return this;
    }

    @Override
    public DeviceProfile about(String name) {
        text.append("about ").append(name).append(children.containsKey(name) ? "\n" : ", who is not listed\n");
        return children.get(name);
    }

    @Override
    public void event(DeviceEvent event) {
        last = event;
        String shown = event.toString()
                .replaceAll("digest=-?\\d+", "digest=…")
                .replace("Readings[", "Readings[" + (event.time().clockWrong() ? "clock wrong, " : ""))
                .replace("DeviceReport[", "DeviceReport[" + (event.time().clockWrong() ? "clock wrong, " : ""));
        text.append(shown).append('\n');
    }

    @Override
    public void state(String field, DeviceReport report) {
        event(report);
    }

    @Override
    public void ended(String field) {}

    @Override
    public void setAside(Reason reason, String field) {
        text.append("set aside ").append(reason).append(": ").append(field).append('\n');
    }

    public DeviceEvent last() {
        return last;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
