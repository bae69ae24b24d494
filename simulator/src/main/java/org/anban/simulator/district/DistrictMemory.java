package org.anban.simulator.district;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When each device last spoke, kept over restarts so that a second start delivers only what is missing. */
final class DistrictMemory {
    private static final Logger LOG = LoggerFactory.getLogger(DistrictMemory.class);

    private final JsonMapper json = new JsonMapper();
    private final Path file;
    private final Map<String, Instant> lastSpoke = new ConcurrentHashMap<>();

    DistrictMemory(Path careHome) {
        this.file = careHome.resolve("simulator").resolve("last-spoke.json");
        read();
    }

    void spoke(String device, Instant at) {
        lastSpoke.put(device, at);
    }

    @Nullable
    Instant lastSpoke(String device) {
        return lastSpoke.get(device);
    }

    /** Without it the next start delivers a day twice, so a failure is worth a line and no more. */
    void save() {
        ObjectNode node = json.createObjectNode();
        lastSpoke.forEach((device, at) -> node.put(device, at.toString()));
        try {
            Files.createDirectories(file.getParent());
            Path fresh = file.resolveSibling("last-spoke.json.new");
            Files.writeString(fresh, node.toString());
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn("the district does not remember this run: {}", e.getMessage());
        }
    }

    private void read() {
        if (!Files.isReadable(file)) {
            return;
        }
        try {
            JsonNode node = json.readTree(Files.readAllBytes(file));
            node.properties()
                    .forEach(each -> lastSpoke.put(
                            each.getKey(), Instant.parse(each.getValue().asText())));
        } catch (IOException | RuntimeException e) {
            LOG.warn("the district does not remember its last run: {}", e.getMessage());
        }
    }
}
