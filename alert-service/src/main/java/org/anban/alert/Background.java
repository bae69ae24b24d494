package org.anban.alert;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.anban.alert.notice.Dispatcher;
import org.anban.alert.wake.Bell;
import org.anban.contracts.access.SessionDirectory;
import org.anban.kit.loop.Loop;

/** The threads that do what is due. */
final class Background implements AutoCloseable {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration BEAT = Duration.ofSeconds(5);
    private static final Duration STANDS_STILL = Duration.ofSeconds(15);
    private static final int SENDERS = 4;

    private final Duties duties;
    private final Bell bell;
    private final MeterRegistry meters;
    private final List<Loop> loops = new ArrayList<>();

    private Background(Duties duties, Bell bell, MeterRegistry meters) {
        this.duties = duties;
        this.bell = bell;
        this.meters = meters;
    }

    static Background start(
            Duties duties, Bell bell, MeterRegistry meters, SessionDirectory sessions, Supplier<Optional<String>> own) {
        Background background = new Background(duties, bell, meters);
        background.onBell("alert-streams", () -> {
            duties.streams().publish();
            return POLL;
        });
        background.onBell("alert-escalator", background::escalate);
        background.senders();
        background.loops.add(Loop.start("alert-beats", meters, () -> {
            duties.streams().beat();
            duties.streams()
                    .ownAlarm(own.get()
                            .or(background::problem)
                            .or(duties::problem)
                            .orElse(null));
            return BEAT;
        }));
        background.loops.add(Loop.start("alert-logins", meters, () -> {
            duties.streams().tidy();
            duties.streams().checkLogins(sessions);
            return BEAT;
        }));
        background.loops.add(Loop.start("alert-labels", meters, () -> {
            if (duties.labelling().runDue() > 0) {
                bell.ring();
            }
            return BEAT;
        }));
        return background;
    }

    private void onBell(String name, Loop.Turn turn) {
        Loop loop = Loop.start(name, meters, turn);
        loops.add(loop);
        bell.onRing(loop::wake);
    }

    private Duration escalate() {
        if (duties.escalator().runDue() > 0) {
            bell.ring();
        }
        return duties.escalator().rest();
    }

    /** The console's notices have a thread of their own, so that no provider can hold them up. */
    private void senders() {
        for (int i = 0; i < duties.dispatchers().size(); i++) {
            Dispatcher dispatcher = duties.dispatchers().get(i);
            for (int n = 0; n < (i == 0 ? 1 : SENDERS); n++) {
                onBell("alert-notices-" + i + "-" + n, () -> {
                    dispatcher.runDue();
                    return POLL;
                });
            }
        }
    }

    Optional<String> problem() {
        return loops.stream()
                .flatMap(loop -> loop.problem(STANDS_STILL).stream())
                .findFirst();
    }

    @Override
    public void close() {
        loops.forEach(Loop::close);
    }
}
