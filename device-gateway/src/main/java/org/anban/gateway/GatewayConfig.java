package org.anban.gateway;

import org.anban.gateway.intake.IntakeRules;
import org.anban.gateway.mqtt.MqttConfig;
import org.anban.gateway.source.Quota;

/** The gateway's numbers. */
public record GatewayConfig(MqttConfig mqtt, IntakeRules intake, Quota.Limit telemetryQuota) {
    /** On this machine only, with defaults. */
    public static GatewayConfig local(int mqttPort) {
        return new GatewayConfig(MqttConfig.local(mqttPort), IntakeRules.DEFAULT, Quota.Limit.DEFAULT);
    }
}
