package org.anban.alert.register;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.anban.contracts.error.CareException;
import org.anban.contracts.subject.Contact;
import org.anban.contracts.subject.ResidentDirectory;
import org.anban.contracts.subject.Responder;
import org.anban.contracts.subject.SubjectFile;
import org.anban.contracts.subject.SubjectId;
import org.anban.contracts.subject.SubjectLabel;
import org.anban.contracts.subject.SubjectProfile;

/**
 * The register of residents, asked with limited patience: the alarm path may use what it says and must never wait for
 * it. A question that fails or takes too long throws UNAVAILABLE.
 */
public final class PatientRegister implements AutoCloseable {
    private static final int QUESTIONS_AT_ONCE = 32;
    /** For everything that a waiting person's request asks, together. */
    private static final Duration LONG_PATIENCE = Duration.ofSeconds(2);
    /** After a question ran out of time none is asked for a while, so that many alarms do not each wait for it. */
    private static final Duration AFTER_SILENCE = Duration.ofSeconds(2);

    private final ResidentDirectory directory;
    private final Duration patience;
    private final ExecutorService askers;
    private final AtomicLong silentUntil = new AtomicLong(System.nanoTime());

    public PatientRegister(ResidentDirectory directory, Duration patience) {
        this.directory = directory;
        this.patience = patience;
        this.askers = new ThreadPoolExecutor(
                0, QUESTIONS_AT_ONCE, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), PatientRegister::asker);
    }

    private static Thread asker(Runnable work) {
        Thread thread = new Thread(work, "alert-register");
        thread.setDaemon(true);
        return thread;
    }

    /** Begins the questions of one request, for a person who waits for all of them together. */
    public Inquiry inquiry() {
        return new Inquiry(System.nanoTime() + LONG_PATIENCE.toNanos());
    }

    /** The file of a subject, for a person who waits for it: asked with more patience. */
    public Optional<SubjectFile> file(SubjectId subject) {
        return inquiry().file(subject);
    }

    /** A responder, for a person who waits. */
    public Optional<Responder> responder(String id) {
        return within(LONG_PATIENCE, () -> directory.responder(id));
    }

    public SubjectLabel label(SubjectId subject) {
        return ask(() -> directory.label(subject));
    }

    public List<Contact> contacts(SubjectId subject) {
        return ask(() -> directory.contacts(subject));
    }

    public Optional<Contact> station(String station) {
        return station.isEmpty() ? Optional.empty() : ask(() -> directory.stationContact(station));
    }

    public Optional<Contact> dutyManager(String areaPath) {
        return ask(() -> directory.dutyManager(areaPath));
    }

    private <T> T ask(Supplier<T> question) {
        if (silentUntil.get() - System.nanoTime() > 0) {
            throw CareException.unavailable("the register did not answer a moment ago", null);
        }
        try {
            return within(patience, question);
        } catch (CareException e) {
            if (e.getCause() instanceof TimeoutException) {
                silentUntil.set(System.nanoTime() + AFTER_SILENCE.toNanos());
            }
            throw e;
        }
    }

    private <T> T within(Duration limit, Supplier<T> question) {
        Future<T> answer;
        try {
            answer = askers.submit(question::get);
        } catch (RejectedExecutionException e) {
            throw CareException.unavailable("the register does not answer", e);
        }
        try {
            return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            answer.cancel(true);
            throw CareException.unavailable("the register does not answer", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw CareException.unavailable("interrupted while asking the register", e);
        }
    }

    /** Questions that share one span of patience; those that are asked after its end are not asked at all. */
    public final class Inquiry {
        private final long end;

        private Inquiry(long end) {
            this.end = end;
        }

        public Optional<SubjectFile> file(SubjectId subject) {
            return within(left(), () -> directory.file(subject));
        }

        /** Of many; who is unknown is left out. */
        public Map<SubjectId, SubjectFile> files(Collection<SubjectId> subjects) {
            return within(left(), () -> directory.files(subjects));
        }

        /** Limits and status, for a person who looks at readings. */
        public SubjectProfile profile(SubjectId subject) {
            return within(left(), () -> directory.profile(subject));
        }

        public List<Responder> responders(String areaPath) {
            return within(left(), () -> directory.responders(areaPath));
        }

        public SubjectLabel label(SubjectId subject) {
            return within(left(), () -> directory.label(subject));
        }

        private Duration left() {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw CareException.unavailable("the register does not answer", null);
            }
            return Duration.ofNanos(left);
        }
    }

    @Override
    public void close() {
        askers.shutdownNow();
    }
}
