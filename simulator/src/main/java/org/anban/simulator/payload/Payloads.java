package org.anban.simulator.payload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/** Messages as devices write them, in UTF-8. */
public final class Payloads {
    /** Units of the SenML registry (RFC 8428 section 12.1); yes and no carry none. */
    private static final Map<String, String> UNITS = Map.of(
            "heartRate", "beat/min",
            "spo2", "%",
            "respirationRate", "1/min",
            "bodyTemperature", "Cel",
            "systolic", "mm[Hg]",
            "diastolic", "mm[Hg]",
            "steps", "1",
            "battery", "%EL");

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx");
    private static final JsonMapper JSON = new JsonMapper();

    private Payloads() {}

    /** A plain object; {@code seq} counts the device's messages. */
    public static byte[] plain(Measurement measurement, long seq) {
        ObjectNode node = JSON.createObjectNode().put("at", time(measurement.at()));
        measurement.values().forEach((name, value) -> put(node, name, value));
        return bytes(node.put("seq", seq));
    }

    /** A SenML pack (RFC 8428) of one device: base name and base time in the first record, times relative to it. */
    public static byte[] senml(String device, List<Measurement> measurements) {
        ArrayNode pack = JSON.createArrayNode();
        Instant base = measurements.get(0).at();
        for (Measurement measurement : measurements) {
            BigDecimal offset = seconds(Duration.between(base, measurement.at()).toMillis());
            measurement.values().forEach((name, value) -> {
                ObjectNode record = pack.addObject();
                if (pack.size() == 1) {
                    record.put("bn", device + ":").put("bt", seconds(base.toEpochMilli()));
                }
                record.put("n", name);
                if (UNITS.containsKey(name)) {
                    record.put("u", UNITS.get(name));
                }
                if (offset.signum() != 0) {
                    record.put("t", offset);
                }
                put(record, value instanceof Boolean ? "vb" : "v", value);
            });
        }
        return bytes(pack);
    }

    /** A SenML pack of one charge that promises the next one ({@code ut}, RFC 8428 section 4.3). */
    public static byte[] promising(String device, int battery, Duration within, Instant at) {
        ArrayNode pack = JSON.createArrayNode();
        pack.addObject()
                .put("bn", device + ":")
                .put("bt", seconds(at.toEpochMilli()))
                .put("n", "battery")
                .put("u", "%EL")
                .put("v", battery)
                .put("ut", within.toSeconds());
        return bytes(pack);
    }

    /** An event such as {@code sos}; the id is the device's own. */
    public static byte[] event(String id, String type, Instant at) {
        return bytes(JSON.createObjectNode().put("id", id).put("type", type).put("at", time(at)));
    }

    /** The answer to a command. */
    public static byte[] reply(String commandId, String outcome, Instant at) {
        return bytes(JSON.createObjectNode()
                .put("id", commandId)
                .put("outcome", outcome)
                .put("at", time(at)));
    }

    private static void put(ObjectNode node, String name, Object value) {
        if (value instanceof Boolean yes) {
            node.put(name, yes);
        } else if (value instanceof Integer || value instanceof Long) {
            node.put(name, ((Number) value).longValue());
        } else {
            node.put(name, ((Number) value).doubleValue());
        }
    }

    private static String time(Instant at) {
        return TIME.format(at.atZone(ZONE));
    }

    private static BigDecimal seconds(long millis) {
        BigDecimal exact = BigDecimal.valueOf(millis, 3).stripTrailingZeros();
        return exact.scale() < 0 ? exact.setScale(0) : exact;
    }

    private static byte[] bytes(Object node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a message could not be written", e);
        }
    }
}
