package org.anban.platform.session;

import java.util.Set;
import org.anban.kit.http.Call;

/**
 * The reverse proxies of the district. What they say of the client's address is believed and what anybody else says is
 * not: attempts at logging in are counted by address, and behind a proxy everybody would have one.
 *
 * @param addresses of the proxies, as they connect to us
 */
public record Proxies(Set<String> addresses) {
    public static final Proxies NONE = new Proxies(Set.of());

    public Proxies {
        addresses = Set.copyOf(addresses);
    }

    /** The last address that a proxy added; earlier ones may be invented by the client. */
    String client(Call call) {
        String forwarded = call.header("X-Forwarded-For");
        if (forwarded == null || !addresses.contains(call.remoteAddress())) {
            return call.remoteAddress();
        }
        String last = forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
        return last.isEmpty() || last.length() > 60 ? call.remoteAddress() : last;
    }
}
