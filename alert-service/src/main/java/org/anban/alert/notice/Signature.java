package org.anban.alert.notice;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * {@code t=SECONDS,v1=HEX}, where HEX is HMAC-SHA256 over {@code SECONDS.ID.BODY} with the shared secret, and ID is that
 * of the notice; so what was said of one notice says nothing of another.
 */
public final class Signature {
    public static final String HEADER = "Anban-Signature";
    private static final Pattern FORM = Pattern.compile("t=([0-9]{1,12}),v1=([0-9a-f]{64})");
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private Signature() {}

    public static String of(String secret, Instant at, String notice, String body) {
        return "t=" + at.getEpochSecond() + ",v1="
                + HexFormat.of().formatHex(mac(secret, at.getEpochSecond(), notice, body));
    }

    /** Whether a header is a signature over the notice's id and the body, made less than five minutes from now. */
    public static boolean holds(String header, String secret, Instant now, String notice, String body) {
        Matcher form = FORM.matcher(header);
        if (!form.matches()) {
            return false;
        }
        long at = Long.parseLong(form.group(1));
        boolean fresh = Math.abs(now.getEpochSecond() - at) <= TOLERANCE.toSeconds();
        return fresh & MessageDigest.isEqual(HexFormat.of().parseHex(form.group(2)), mac(secret, at, notice, body));
    }

    private static byte[] mac(String secret, long at, String notice, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal((at + "." + notice + "." + body).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
