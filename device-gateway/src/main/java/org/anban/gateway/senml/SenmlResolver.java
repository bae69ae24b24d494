package org.anban.gateway.senml;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Resolves a SenML pack in JSON as RFC 8428 section 4.6 says: base fields added, times absolute, in the order of time.
 * Scratch space; one instance for one thread.
 */
public final class SenmlResolver {
    /** The version of RFC 8428. */
    static final double VERSION = 10;

    private static final int MOST_RECORDS = 10_000;

    private final Base base = new Base();
    private final OwnFields own = new OwnFields();

    /**
     * Reads one array of records; the parser must stand on its start and is left on its end.
     *
     * @param now what times below 2^28 are relative to, in Unix seconds
     * @throws SenmlException if the RFC forbids the pack: nothing of it counts then
     * @throws IOException if it is not JSON
     */
    public List<SenmlRecord> resolve(JsonParser json, double now) throws IOException, SenmlException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new SenmlException("a pack is an array");
        }
        base.clear();
        List<SenmlRecord> resolved = new ArrayList<>();
        boolean sorted = true;
        boolean first = true;
        double last = Double.NEGATIVE_INFINITY;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            read(json, first);
            first = false;
            if (!own.isBaseOnly()) {
                SenmlRecord one = own.resolve(base, now);
                sorted &= one.time() >= last;
                last = one.time();
                resolved.add(one);
            }
            if (resolved.size() > MOST_RECORDS) {
                throw new SenmlException("more than " + MOST_RECORDS + " records");
            }
        }
        if (!sorted) {
            resolved.sort(Comparator.comparingDouble(SenmlRecord::time));
        }
        return resolved;
    }

    private void read(JsonParser json, boolean first) throws IOException, SenmlException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new SenmlException("a record is an object");
        }
        own.clear();
        for (String label = json.nextFieldName(); label != null; label = json.nextFieldName()) {
            json.nextToken();
            if (!base.take(label, json, first) && !own.take(label, json)) {
                if (label.endsWith("_")) {
                    throw new SenmlException(label + ": must be understood and is not");
                }
                json.skipChildren();
            }
        }
    }
}
