package org.anban.gateway.dialect;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.anban.gateway.payload.UnusablePayload;

/** How one family of platforms checks our address, proves itself and writes its messages. Stateless; any thread. */
public sealed interface Dialect permits OneNet, CtWing, Huawei, OwnPush {
    /** {@code onenet}, {@code ctwing}, {@code huawei} or {@code anban}. */
    String name();

    /** How long an answer may take, with a margin before the platform gives up. */
    Duration patience();

    /** Whether the sender knows the account's secret. A body of which nothing can be read proves nothing. */
    boolean isProved(PushRequest request, String secret, Instant now);

    /** The answer to a request that only checks our address; empty if the sender does not prove itself. */
    Optional<String> answerToCheck(PushRequest request, String secret, Instant now);

    /**
     * Every message of a request that proved itself; what is not understood is among them.
     *
     * @throws UnusablePayload if the body cannot be read at all
     */
    List<Pushed> read(String body) throws UnusablePayload;

    static Optional<Dialect> ofName(String name) {
        return Stream.of(new OneNet(), new CtWing(), new Huawei(), new OwnPush())
                .filter(dialect -> dialect.name().equals(name))
                .findFirst();
    }
}
