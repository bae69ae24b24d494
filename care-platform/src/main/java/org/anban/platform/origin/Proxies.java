package org.anban.platform.origin;

import java.util.Set;
import java.util.stream.Collectors;
import org.anban.contracts.error.CareException;
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
        addresses = addresses.stream().map(Proxies::plain).collect(Collectors.toUnmodifiableSet());
    }

    private static String plain(String address) {
        return Addresses.plain(address).orElseThrow(() -> CareException.invalid("not an IP address: " + address));
    }

    /** The last address that a proxy added; earlier ones may be invented by the client. */
    public String client(Call call) {
        String forwarded = call.header("X-Forwarded-For");
        String sender = call.remoteAddress();
        if (forwarded == null || !addresses.contains(Addresses.plain(sender).orElse(sender))) {
            return sender;
        }
        String last = forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
        return last.isEmpty() || last.length() > 60 ? sender : last;
    }
}
