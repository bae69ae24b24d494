package org.anban.kit.database;

import org.jdbi.v3.core.Handle;

/**
 * How far a consumer of the log has come, kept in the database of its effect and moved in the transaction of that effect.
 * The move is fenced: it says where the consumer believed to be, so that of two processes that both think they lead, one
 * has no effect.
 *
 * @param table {@code schema.table} with {@code consumer text primary key, position bigint not null}
 * @param consumer its name in the table
 */
public record ConsumerPosition(String table, String consumer) {
    public ConsumerPosition {
        for (String part : table.split("\\.", -1)) {
            Database.identifier(part);
        }
    }

    /** Number of the last batch whose effect is stored; 0 for a consumer that is new. */
    public long read(Handle handle) {
        return handle.createQuery("select position from " + table + " where consumer = :consumer")
                .bind("consumer", consumer)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    /**
     * Moves it. False if it is no longer at {@code from}: another process took over, so the caller must roll back, forget
     * its state and load again.
     */
    public boolean advance(Handle handle, long from, long to) {
        if (from == 0) {
            handle.createUpdate("insert into " + table
                            + " (consumer, position) values (:consumer, 0) on conflict (consumer) do nothing")
                    .bind("consumer", consumer)
                    .execute();
        }
        return handle.createUpdate("update " + table
                                + " set position = :to where consumer = :consumer and position = :from")
                        .bind("to", to)
                        .bind("from", from)
                        .bind("consumer", consumer)
                        .execute()
                == 1;
    }
}
