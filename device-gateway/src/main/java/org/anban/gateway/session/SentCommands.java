package org.anban.gateway.session;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Commands that were sent at QoS 1 and not acknowledged yet. Each keeps its packet id while the session goes on, so that
 * it can be sent again as the same message. Two connections of one device may meet here.
 */
public final class SentCommands {
    private static final int HIGHEST = 65_535;

    private final Map<Integer, String> commands = new HashMap<>();
    private final Map<String, Integer> packetIds = new HashMap<>();
    private int last;

    /** The packet id that a command was sent with; 0 if it was not. */
    public synchronized int packetId(String command) {
        return packetIds.getOrDefault(command, 0);
    }

    /** A command is sent for the first time; its packet id. */
    public synchronized int add(String command) {
        do {
            last = last % HIGHEST + 1;
        } while (commands.containsKey(last));
        commands.put(last, command);
        packetIds.put(command, last);
        return last;
    }

    /** The packet id is free again; the command that had it, or null. */
    public synchronized @Nullable String remove(int packetId) {
        String command = commands.remove(packetId);
        if (command != null) {
            packetIds.remove(command);
        }
        return command;
    }

    public synchronized boolean has(int packetId) {
        return commands.containsKey(packetId);
    }

    /** Only these are still wanted; the packet ids of the others are free again. */
    public synchronized void keepOnly(Collection<String> wanted) {
        commands.values().retainAll(wanted);
        packetIds.keySet().retainAll(wanted);
    }
}
