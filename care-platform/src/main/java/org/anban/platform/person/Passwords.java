package org.anban.platform.person;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anban.contracts.error.CareException;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id (RFC 9106), written as a PHC string that carries its parameters, so that a later, stronger setting leaves old
 * passwords valid. One hashing takes {@code memoryKib} KiB and tens of milliseconds: callers limit how many run at once.
 */
public final class Passwords {
    /** OWASP's password storage recommendation of 19 MiB, two passes. */
    public static final int MEMORY_KIB = 19_456;

    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Pattern PHC = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    private final SecureRandom random = new SecureRandom();
    private final int memoryKib;
    private final String nobody;

    public Passwords() {
        this(MEMORY_KIB);
    }

    Passwords(int memoryKib) {
        this.memoryKib = memoryKib;
        byte[] secret = new byte[SALT_BYTES];
        random.nextBytes(secret);
        this.nobody = hash(Base64.getEncoder().encodeToString(secret));
    }

    public String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] hash = derive(password, salt, new int[] {memoryKib, PASSES, LANES}, HASH_BYTES);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(memoryKib, PASSES, LANES, base64.encodeToString(salt), base64.encodeToString(hash));
    }

    public boolean matches(String password, String phc) {
        Matcher form = PHC.matcher(phc);
        if (!form.matches()) {
            throw CareException.unavailable("a stored password cannot be read", null);
        }
        int[] cost = {Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)), Integer.parseInt(form.group(3))
        };
        byte[] wanted = Base64.getDecoder().decode(form.group(5));
        byte[] given = derive(password, Base64.getDecoder().decode(form.group(4)), cost, wanted.length);
        return MessageDigest.isEqual(wanted, given);
    }

    /** A hash that no password matches: checking it takes an unknown user as long as a known one. */
    public String nobody() {
        return nobody;
    }

    private static byte[] derive(String password, byte[] salt, int[] cost, int bytes) {
        Argon2Parameters parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost[0])
                .withIterations(cost[1])
                .withParallelism(cost[2])
                .withSalt(salt)
                .build();
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(parameters);
        byte[] hash = new byte[bytes];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }
}
