package org.anban.launcher.bench;

import java.time.Duration;
import java.util.List;
import org.anban.simulator.load.LoadCredential;

/** What the same load is put on. */
interface IngestTarget extends AutoCloseable {
    String name();

    int port();

    List<LoadCredential> credentials();

    /** Processor time that it has taken so far, with everything that belongs to it but the load client. */
    Duration cpu();

    /**
     * Waits until all that has been acknowledged since the start is wherever this target brings it.
     *
     * @param acknowledged messages acknowledged since the target was started
     * @throws IllegalStateException if it is not there in time
     */
    void awaitDone(long acknowledged, Duration within) throws Exception;

    @Override
    void close();
}
