package org.anban.alert.notice;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A way to tell somebody something. */
public interface Channel {
    /** Rings a console. */
    String CONSOLE = "console";
    /** A provider of calls and messages, behind a signed webhook. */
    String WEBHOOK = "webhook";

    String name();

    /** Whom this instance can tell, by {@link Recipient#id}; null if it can tell anybody. */
    @Nullable
    Collection<String> within();

    /** One attempt, outside any transaction; may take seconds. */
    Delivery send(Notice notice) throws InterruptedException;
}
