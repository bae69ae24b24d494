package org.anban.gateway.credential;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What is kept of a device's key. */
public final class KeyHash {
    private final byte[] salt;
    private final byte[] hash;

    KeyHash(byte[] salt, byte[] hash) {
        this.salt = salt.clone();
        this.hash = hash.clone();
    }

    static KeyHash of(String key, byte[] salt) {
        return new KeyHash(salt, digest(key, salt));
    }

    /** Compares in constant time. */
    public boolean matches(String key) {
        return MessageDigest.isEqual(hash, digest(key, salt));
    }

    byte[] salt() {
        return salt.clone();
    }

    byte[] hash() {
        return hash.clone();
    }

    /** As the database has it in {@code encode(hash, 'hex')}. */
    String hex() {
        return HexFormat.of().formatHex(hash);
    }

    private static byte[] digest(String key, byte[] salt) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(salt);
            return sha.digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
