package org.anban.alert.escalation;

import static org.anban.alert.scene.Neighbourhood.LI;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.anban.alert.AlertConfig;
import org.anban.alert.AlertScene;
import org.anban.alert.AlertService;
import org.anban.alert.incident.Incident;
import org.anban.alert.signal.AlertSignal;
import org.anban.alert.signal.AlertSignal.Action;
import org.anban.contracts.incident.IncidentKind;
import org.anban.contracts.incident.Priority;
import org.anban.contracts.subject.SubjectId;
import org.anban.kit.testing.Eventually;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class EscalatorTest {
    @Test
    void ofTwoEscalatorsOnOneDatabaseNoDeadlineActsTwiceAndNoneIsLost() throws Exception {
        int many = 60;
        try (AlertScene scene = AlertScene.inForeground();
                AlertService other = scene.another(AlertConfig::inForeground)) {
            AlertSignal[] signals = new AlertSignal[many];
            for (int i = 0; i < many; i++) {
                signals[i] = scene.signal(Action.RAISE, SubjectId.resident("many-" + i), IncidentKind.SOS, Priority.P0);
            }
            scene.say(signals);
            CyclicBarrier together = new CyclicBarrier(2);
            ExecutorService threads = Executors.newFixedThreadPool(2);
            List<Future<?>> done = new ArrayList<>();
            for (AlertService service : List.of(scene.service(), other)) {
                done.add(threads.submit(() -> {
                    together.await(10, TimeUnit.SECONDS);
                    service.runDue();
                    return null;
                }));
            }
            for (Future<?> one : done) {
                one.get(60, TimeUnit.SECONDS);
            }
            threads.shutdown();

            for (Incident incident : scene.open()) {
                assertThat(scene.steps(incident))
                        .containsExactly(
                                "operators skipped",
                                "supervisor skipped",
                                "second-operator skipped",
                                "family-and-station skipped",
                                "duty-manager skipped");
            }
        }
    }

    @Test
    void aDeadlineThatFailsIsPutOffAndHoldsUpNoOther() throws Exception {
        try (AlertScene scene = AlertScene.inForeground()) {
            Incident poisoned = scene.sos(SubjectId.resident("poisoned"));
            scene.read(tx -> tx.execute("alter table alert.story add constraint poison check (not (kind = 'STEP'"
                    + " and incident = '" + poisoned.id() + "'))"));
            Incident healthy = scene.sos(LI);
            scene.runDue();
            assertThat(scene.steps(healthy)).isNotEmpty();
            assertThat(scene.steps(poisoned)).isEmpty();

            scene.read(tx -> tx.execute("alter table alert.story drop constraint poison"));
            scene.advance(5);
            assertThat(scene.steps(poisoned)).isNotEmpty();
        }
    }

    @Test
    void inTheBackgroundTheLadderStartsByItself() {
        try (AlertScene scene = new AlertScene(config -> config)) {
            Incident incident = scene.sos(LI);
            Eventually.passes(() -> assertThat(scene.steps(incident)).hasSize(5));
            scene.time().advance(java.time.Duration.ofSeconds(60));
            Eventually.passes(() -> assertThat(scene.steps(incident)).hasSize(6));
        }
    }
}
