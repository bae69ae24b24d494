package org.anban.platform.origin;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses as they are written, by proxies and by people, and as they are counted. Never asks a name server. */
public final class Addresses {
    private static final Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(%.*)?");
    private static final int NETWORK_BYTES = 8;

    private Addresses() {}

    /** One way of writing each address; empty if the text is none. */
    static Optional<String> plain(String text) {
        return parsed(text).map(InetAddress::getHostAddress);
    }

    /** What attempts are counted by: of IPv6 the first 64 bits, since whoever has one address there has them all. */
    public static String counted(String text) {
        return parsed(text)
                .map(address -> address instanceof Inet6Address v6 ? network(v6) : address.getHostAddress())
                .orElse(text);
    }

    private static Optional<InetAddress> parsed(String text) {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        String scopeless = bare.indexOf('%') < 0 ? bare : bare.substring(0, bare.indexOf('%'));
        if (!V4.matcher(scopeless).matches() && !V6.matcher(scopeless).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(scopeless));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static String network(Inet6Address address) {
        byte[] network = Arrays.copyOf(Arrays.copyOf(address.getAddress(), NETWORK_BYTES), address.getAddress().length);
        try {
            return InetAddress.getByAddress(network).getHostAddress() + "/64";
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an IPv6 address has 16 bytes", e);
        }
    }
}
