package org.anban.gateway;

import org.anban.gateway.intake.IntakeRules;
import org.anban.gateway.mqtt.MqttConfig;
import org.anban.gateway.push.PushConfig;
import org.anban.gateway.source.Quota;

/** The gateway's numbers. */
public record GatewayConfig(MqttConfig mqtt, IntakeRules intake, Quota.Limit telemetryQuota, PushConfig push) {
    /** Without platforms that push. */
    public GatewayConfig(MqttConfig mqtt, IntakeRules intake, Quota.Limit telemetryQuota) {
        this(mqtt, intake, telemetryQuota, PushConfig.NONE);
    }

    /** On this machine only, with defaults. */
    public static GatewayConfig local(int mqttPort) {
        return new GatewayConfig(MqttConfig.local(mqttPort), IntakeRules.DEFAULT, Quota.Limit.DEFAULT);
    }

    /** The same with other settings for platforms that push. */
    public GatewayConfig withPush(PushConfig other) {
        return new GatewayConfig(mqtt, intake, telemetryQuota, other);
    }
}
