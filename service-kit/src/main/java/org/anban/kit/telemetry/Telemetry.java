package org.anban.kit.telemetry;

import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.util.EnumSet;

/** The metrics of this process, in Prometheus's form, and a Vert.x that reports to them. */
public final class Telemetry implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    private Telemetry() {}

    /** Creates the registry and binds the JVM's own figures to it. */
    public static Telemetry create() {
        Telemetry telemetry = new Telemetry();
        telemetry.collections.bindTo(telemetry.registry);
        new JvmMemoryMetrics().bindTo(telemetry.registry);
        new JvmThreadMetrics().bindTo(telemetry.registry);
        new ClassLoaderMetrics().bindTo(telemetry.registry);
        new ProcessorMetrics().bindTo(telemetry.registry);
        new FileDescriptorMetrics().bindTo(telemetry.registry);
        return telemetry;
    }

    public PrometheusMeterRegistry registry() {
        return registry;
    }

    /**
     * Starts a Vert.x whose HTTP requests and worker pools are measured. Raw connections are not: the gateway counts its
     * messages itself, and a counter at every packet costs as much as decoding one.
     */
    public Vertx startVertx(VertxOptions options) {
        MicrometerMetricsOptions metrics = new MicrometerMetricsOptions()
                .setEnabled(true)
                .setLabels(EnumSet.of(Label.HTTP_METHOD, Label.HTTP_CODE, Label.HTTP_ROUTE, Label.POOL_NAME))
                .addDisabledMetricsCategory(MetricsDomain.NET_SERVER)
                .addDisabledMetricsCategory(MetricsDomain.NET_CLIENT)
                .addDisabledMetricsCategory(MetricsDomain.EVENT_BUS);
        return Vertx.builder()
                .with(new VertxOptions(options).setMetricsOptions(metrics))
                .withMetrics(new MicrometerMetricsFactory(registry))
                .build();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
