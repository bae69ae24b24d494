package org.anban.simulator.phone;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * {@code Anban-Signature: t=SECONDS,v1=HEX}: HMAC-SHA256 of {@code SECONDS.ID.BODY}, where ID is the notice's; good for
 * five minutes.
 */
final class WebhookSignature {
    static final String HEADER = "Anban-Signature";
    private static final long TOLERANCE_SECONDS = 300;
    private static final Pattern FORM = Pattern.compile("t=([0-9]{1,12}),v1=([0-9a-f]{64})");

    private final SecretKeySpec key;

    WebhookSignature(String secret) {
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    boolean holds(@Nullable String header, String notice, byte[] body, Instant now) {
        Matcher parts = FORM.matcher(header == null ? "" : header);
        if (!parts.matches()) {
            return false;
        }
        long seconds = Long.parseLong(parts.group(1));
        byte[] claimed = HexFormat.of().parseHex(parts.group(2));
        return Math.abs(now.getEpochSecond() - seconds) <= TOLERANCE_SECONDS
                && MessageDigest.isEqual(claimed, mac(seconds, notice, body));
    }

    String sign(String notice, byte[] body, Instant now) {
        return "t=" + now.getEpochSecond() + ",v1=" + HexFormat.of().formatHex(mac(now.getEpochSecond(), notice, body));
    }

    private byte[] mac(long seconds, String notice, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update((seconds + "." + notice + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
