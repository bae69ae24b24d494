package org.anban.gateway;

import org.anban.gateway.bridge.BridgeConfig;
import org.anban.gateway.intake.IntakeRules;
import org.anban.gateway.mqtt.MqttConfig;
import org.anban.gateway.push.PushConfig;
import org.anban.gateway.source.Quota;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's numbers.
 *
 * @param bridge the broker that is listened to besides; null for none
 */
public record GatewayConfig(
        MqttConfig mqtt,
        IntakeRules intake,
        Quota.Limit telemetryQuota,
        PushConfig push,
        @Nullable BridgeConfig bridge) {
    /** Without platforms that push and without another broker. */
    public GatewayConfig(MqttConfig mqtt, IntakeRules intake, Quota.Limit telemetryQuota) {
        this(mqtt, intake, telemetryQuota, PushConfig.NONE, null);
    }

    public GatewayConfig with(@Nullable BridgeConfig other) {
        return new GatewayConfig(mqtt, intake, telemetryQuota, push, other);
    }

    /** On this machine only, with defaults. */
    public static GatewayConfig local(int mqttPort) {
        return new GatewayConfig(MqttConfig.local(mqttPort), IntakeRules.DEFAULT, Quota.Limit.DEFAULT);
    }

    /** The same with other settings for platforms that push. */
    public GatewayConfig withPush(PushConfig other) {
        return new GatewayConfig(mqtt, intake, telemetryQuota, other, bridge);
    }
}
