package org.anban.gateway.bridge;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.anban.gateway.command.Commands;
import org.anban.kit.loop.Loop;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands to devices that were heard through the broker, beside their other topics. One counts as sent when the broker
 * has it and a subscriber for it; if nobody subscribes, it is offered again until it expires.
 */
final class CommandPost implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CommandPost.class);
    private static final int MOST_DEVICES = 50_000;
    private static final int AT_ONCE = 1_000;
    private static final int MOST_UNDER_WAY = 100;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final long AGAIN_NANOS = Duration.ofSeconds(30).toNanos();

    private final Commands commands;
    private final Supplier<@Nullable Conversation> broker;
    private final Map<String, String> trunks = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, Long> offered = new ConcurrentHashMap<>();
    private final BlockingQueue<String> taken = new LinkedBlockingQueue<>();
    private final Loop loop;

    CommandPost(Commands commands, Supplier<@Nullable Conversation> broker, MeterRegistry metrics) {
        this.commands = commands;
        this.broker = broker;
        this.loop = Loop.start("gateway bridge commands", metrics, this::turn);
    }

    /** A device that the register knows has spoken on topics that begin like this. */
    void heard(String device, String trunk) {
        synchronized (trunks) {
            trunks.put(device, trunk);
            if (trunks.size() > MOST_DEVICES) {
                trunks.remove(trunks.keySet().iterator().next());
            }
        }
    }

    void hurry() {
        loop.wake();
    }

    private Duration turn() {
        for (String id = taken.peek(); id != null; id = taken.peek()) {
            commands.handedOver(id);
            taken.remove();
            offered.remove(id);
        }
        Conversation to = broker.get();
        if (to == null) {
            offered.clear();
            return PAUSE;
        }
        long now = System.nanoTime();
        offered.values().removeIf(at -> now - at > AGAIN_NANOS);
        Map<String, String> known;
        synchronized (trunks) {
            known = new LinkedHashMap<>(trunks);
        }
        List<String> devices = List.copyOf(known.keySet());
        for (int i = 0; i < devices.size(); i += AT_ONCE) {
            List<String> some = devices.subList(i, Math.min(i + AT_ONCE, devices.size()));
            for (Commands.Queued queued : commands.queuedFor(some)) {
                offer(to, queued, known.get(queued.command().device()), now);
            }
        }
        return PAUSE;
    }

    private void offer(Conversation to, Commands.Queued queued, String trunk, long now) {
        String id = queued.command().id();
        if (offered.size() >= MOST_UNDER_WAY || offered.putIfAbsent(id, now) != null) {
            return;
        }
        MqttMessage message = new MqttMessage(queued.command().payload().getBytes(StandardCharsets.UTF_8));
        message.setQos(1);
        MqttProperties properties = new MqttProperties();
        properties.setMessageExpiryInterval(Math.max(1, queued.left().toSeconds()));
        message.setProperties(properties);
        try {
            to.publish(BrokerTopic.commands(trunk), message, () -> {
                taken.add(id);
                loop.wake();
            });
        } catch (MqttException e) {
            log.warn("a command cannot be given to the broker: {}", e.toString());
        }
    }

    Optional<String> problem(Duration limit) {
        return loop.problem(limit);
    }

    @Override
    public void close() {
        loop.close();
    }
}
