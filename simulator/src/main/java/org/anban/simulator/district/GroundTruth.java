package org.anban.simulator.district;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.anban.simulator.SimulatorException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what was really the case: the newest in memory, all of it in a file if one was named. Thread-safe. */
public final class GroundTruth implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroundTruth.class);
    private static final int MOST_IN_MEMORY = 20_000;

    private final JsonMapper json = new JsonMapper();
    private final Deque<Truth> newest = new ArrayDeque<>();
    private @Nullable BufferedWriter file;

    /** @throws SimulatorException when the file cannot be written */
    public GroundTruth(@Nullable Path path) {
        if (path != null) {
            try {
                file = Files.newBufferedWriter(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new SimulatorException("cannot keep the ground truth in " + path + ": " + e.getMessage(), e);
            }
        }
    }

    public synchronized void keep(Truth truth) {
        newest.addLast(truth);
        if (newest.size() > MOST_IN_MEMORY) {
            newest.removeFirst();
        }
        if (file != null) {
            try {
                file.write(line(truth));
                file.newLine();
            } catch (IOException e) {
                LOG.warn("the ground truth is kept in memory only from here on: {}", e.getMessage());
                file = null;
            }
        }
    }

    /** The newest, oldest first. */
    public synchronized List<Truth> newest() {
        return List.copyOf(newest);
    }

    @Override
    public synchronized void close() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                LOG.warn("the end of the ground truth was lost: {}", e.getMessage());
            }
            file = null;
        }
    }

    private String line(Truth truth) {
        ObjectNode node = json.createObjectNode()
                .put("at", truth.at().toString())
                .put("moment", truth.moment().toString())
                .put("device", truth.device())
                .put("subject", truth.subject())
                .put("activity", truth.activity().name())
                .put("heartRate", truth.vitals().heartRate())
                .put("spo2", truth.vitals().spo2())
                .put("respirationRate", truth.vitals().respirationRate());
        if (!truth.cause().isEmpty()) {
            node.put("cause", truth.cause());
        }
        return node.toString();
    }
}
