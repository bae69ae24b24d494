package org.anban.gateway.bridge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.event.Lane;
import org.anban.gateway.command.Commands;
import org.anban.gateway.family.Families;
import org.anban.gateway.inlet.Answer;
import org.anban.gateway.inlet.Bringer;
import org.anban.gateway.inlet.Inlet;
import org.anban.gateway.payload.Address;
import org.anban.gateway.payload.Topic;
import org.anban.gateway.setaside.Reason;
import org.anban.gateway.setaside.SetAsides;
import org.anban.log.EventLog;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The same intake fed from a broker that was there before us (Mosquitto, EMQX, HiveMQ). The broker has checked who its
 * devices are; it keeps each message until we acknowledge it, and we acknowledge what is in the log, or set aside.
 *
 * <p>Only the process that appends to the log is connected, always under the same client ids, so that whoever takes over
 * takes over what was not acknowledged. Events come over a connection of their own: telemetry that waits keeps no alarm.
 */
public final class Bridge implements AutoCloseable {
    /** What it stands on. */
    public record Parts(Inlet inlet, Commands commands, EventLog log, SetAsides setAsides, MeterRegistry metrics) {}

    private static final Logger log = LoggerFactory.getLogger(Bridge.class);
    private static final int LARGEST_PAYLOAD = 256 * 1024;
    private static final int WARN_EACH = 1_000;
    private static final int KEEP_ALIVE_SECONDS = 30;
    private static final int CONNECT_SECONDS = 10;

    private final Parts parts;
    private final BridgeConfig config;
    private final @Nullable SSLSocketFactory sockets;
    private final Map<Answer.Kind, Counter> counters = new EnumMap<>(Answer.Kind.class);
    private final List<Link> links = new CopyOnWriteArrayList<>();
    private final Counter lost;
    private final CommandPost post;

    private Bridge(Parts parts, BridgeConfig config) {
        this.parts = parts;
        this.config = config;
        for (Answer.Kind kind : Answer.Kind.values()) {
            String answer = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
            counters.put(kind, parts.metrics().counter("anban.bridge.messages", "answer", answer));
        }
        this.lost = parts.metrics().counter("anban.bridge.lost");
        this.post = new CommandPost(parts.commands(), this::conversation, parts.metrics());
        boolean encrypted = config.broker().urls().stream().anyMatch(Broker::isEncrypted);
        this.sockets = encrypted ? Trust.of(config.broker().files()) : null;
        Link.Setup setup = new Link.Setup(
                config, this::options, new Link.Leading(this::mayStay, this::mayConnect), new FromBroker());
        Map<String, List<String>> byLink = config.filters().stream()
                .collect(Collectors.groupingBy(Bridge::linkOf, TreeMap::new, Collectors.toList()));
        byLink.forEach((name, filters) -> links.add(new Link(setup, name, filters, parts.metrics())));
    }

    /** Telemetry that waits keeps no alarm where they come apart. */
    private static String linkOf(String filter) {
        BrokerTopic topic = BrokerTopic.of(filter);
        if (topic == null) {
            return "mixed";
        }
        return topic.topic() == Topic.EVENT ? "events" : "telemetry";
    }

    /**
     * Starts it; it connects by itself, whenever the broker can be reached.
     *
     * @throws org.anban.kit.config.StartException if a file of certificates cannot be used
     */
    public static Bridge start(Parts parts, BridgeConfig config) {
        if (config.broker().isExposed()) {
            log.warn("what the bridge hears from its broker is not encrypted: use ssl://");
        }
        return new Bridge(parts, config);
    }

    private boolean mayStay() {
        return mayConnect() || parts.log().status(Lane.ALARM) == EventLog.Status.STALLED;
    }

    /** Not while it is stalled: another process may have the log by now, and would be thrown out of the broker. */
    private boolean mayConnect() {
        return parts.log().status(Lane.ALARM) == EventLog.Status.APPENDING;
    }

    /** Hands what comes to the inlet and counts it. */
    private final class FromBroker implements Conversation.Taker {
        @Override
        public boolean take(String name, byte[] payload, Bringer bringer) {
            BrokerTopic topic = BrokerTopic.of(name);
            if (payload.length > LARGEST_PAYLOAD) { // not announced: Mosquitto 2.0 then stops when it has one
                return setAside(name, Reason.TOO_LARGE, bringer);
            }
            if (!config.account().isEmpty()) {
                Inlet.Where where = account -> addressOf(account, name, topic);
                return parts.inlet().take(config.account(), where, payload, new Counted(bringer, null));
            }
            if (topic == null) {
                return setAside(name, Reason.OTHERS_TOPIC, bringer);
            }
            return parts.inlet().take(topic.device(), topic.topic(), payload, new Counted(bringer, topic));
        }

        private boolean setAside(String name, Reason reason, Bringer bringer) {
            parts.setAsides().count(SetAsides.OTHERS, reason, "bridge: " + name);
            new Counted(bringer, null).answered(new Answer(Answer.Kind.SET_ASIDE, reason));
            return true;
        }

        @Override
        public void lost(int messages) {
            double before = lost.count();
            lost.increment(messages);
            if (before % WARN_EACH + messages >= WARN_EACH || before == 0) {
                log.warn(
                        "messages of QoS 0 from the broker are lost, {} by now: no room for them", (long) lost.count());
            }
        }
    }

    /** Counts the answers; a device that was heard can be sent commands where it was heard. */
    private final class Counted implements Bringer {
        private final Bringer bringer;
        private final @Nullable BrokerTopic topic;

        private Counted(Bringer bringer, @Nullable BrokerTopic topic) {
            this.bringer = bringer;
            this.topic = topic;
        }

        @Override
        public void answered(Answer answer) {
            counters.get(answer.kind()).increment();
            if (topic != null && answer.kind() == Answer.Kind.COMMITTED) {
                post.heard(topic.device(), topic.trunk());
            }
            bringer.answered(answer);
        }

        @Override
        public boolean comesBack() {
            return bringer.comesBack();
        }

        @Override
        public boolean isInTurn() {
            return bringer.isInTurn();
        }
    }

    /** What the account means by a topic: as its model has it, or built like ours with the name on its list. */
    private static @Nullable Address addressOf(DeviceProfile account, String name, @Nullable BrokerTopic topic) {
        Address ofModel = Families.topicsOf(account).find(name);
        if (ofModel != null || topic == null) {
            return ofModel;
        }
        return topic.device().equals(account.id().value())
                ? topic.topic().address()
                : new Address(topic.topic(), topic.device());
    }

    private MqttConnectionOptions options(String url) {
        Broker broker = config.broker();
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(false);
        options.setSessionExpiryInterval(config.limits().session().toSeconds());
        options.setReceiveMaximum(config.limits().inFlight());
        options.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
        options.setConnectionTimeout(CONNECT_SECONDS);
        options.setAutomaticReconnect(false);
        options.setUseSubscriptionIdentifiers(false);
        options.setHttpsHostnameVerificationEnabled(true);
        if (!broker.user().isEmpty()) {
            options.setUserName(broker.user());
        }
        if (!broker.password().isEmpty()) {
            options.setPassword(broker.password().getBytes(StandardCharsets.UTF_8));
        }
        if (Broker.isEncrypted(url)) {
            options.setSocketFactory(sockets);
        }
        return options;
    }

    private @Nullable Conversation conversation() {
        return links.stream()
                .map(Link::conversation)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** A command was taken in here: it need not wait for the next round. */
    public void hurryCommands() {
        post.hurry();
    }

    /** Whether all of its connections stand. */
    public boolean isConnected() {
        return links.stream().allMatch(Link::isConnected);
    }

    /** How often the broker had forgotten a session of ours. */
    double sessionsLost() {
        return links.stream().mapToDouble(Link::sessionsLost).sum();
    }

    /** What is wrong now, if anything is. */
    String trouble() {
        return links.stream()
                .map(Link::trouble)
                .filter(what -> !what.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** How many messages the broker waits to hear of. */
    int waiting() {
        return links.stream().mapToInt(Link::waiting).sum();
    }

    /** Why it does not work, if it does not. A broker that cannot be heard is {@link #trouble} and a metric. */
    public Optional<String> problem(Duration limit) {
        return Stream.concat(links.stream().map(link -> link.problem(limit)), Stream.of(post.problem(limit)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Leaves the broker, which keeps what was not acknowledged. */
    @Override
    public void close() {
        post.close();
        Stream.of(links.toArray(new Link[0])).parallel().forEach(Link::close);
    }
}
