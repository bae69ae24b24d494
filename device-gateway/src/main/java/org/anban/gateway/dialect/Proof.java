package org.anban.gateway.dialect;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a sender that knows a secret can compute. Comparisons take the same time wherever they fail. */
final class Proof {
    private static final Pattern OWN_FORM = Pattern.compile("t=([0-9]{1,12}),v1=([0-9a-f]{64})");
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private Proof() {}

    static boolean isEqual(String given, String expected) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }

    /** Base64 of MD5 over texts one after the other. */
    static String md5(String... parts) {
        return Base64.getEncoder().encodeToString(digest("MD5", String.join("", parts)));
    }

    /** SHA-256 in hexadecimal over texts in alphabetical order, one after the other. */
    static String sortedSha256(String... parts) {
        return HexFormat.of()
                .formatHex(digest("SHA-256", Stream.of(parts).sorted().reduce("", String::concat)));
    }

    /** A short id made from a text. */
    static String idOf(String text) {
        return HexFormat.of().formatHex(digest("SHA-256", text), 0, 12);
    }

    /** {@code t=SECONDS,v1=HEX}: HMAC-SHA256 over {@code SECONDS.ACCOUNT.TEXT}, made less than five minutes from now. */
    static boolean holds(String header, String secret, Instant now, String account, String text) {
        Matcher form = OWN_FORM.matcher(header);
        if (!form.matches()) {
            return false;
        }
        long at = Long.parseLong(form.group(1));
        boolean fresh = Math.abs(now.getEpochSecond() - at) <= TOLERANCE.toSeconds();
        String expected = hmac(secret, at + "." + account + "." + text);
        return fresh & isEqual(form.group(2), expected);
    }

    private static String hmac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    private static byte[] digest(String algorithm, String text) {
        try {
            return MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }
}
