package org.anban.gateway.push;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.anban.contracts.error.CareException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps secrets that we must be able to read again (a signature is computed with the secret itself) so that the database and
 * its backups alone do not give them away: AES-256-GCM under a key in a file of our own, bound to the account's name.
 */
final class SecretBox {
    private static final FileAttribute<Set<PosixFilePermission>> OURS_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final @Nullable Path file;
    private volatile @Nullable SecretKeySpec key;

    SecretBox(@Nullable Path file) {
        this.file = file;
    }

    /** @throws CareException UNAVAILABLE without a key file */
    byte[] seal(String account, String secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] hidden = run(Cipher.ENCRYPT_MODE, nonce, account, secret.getBytes(StandardCharsets.UTF_8));
        byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + hidden.length);
        System.arraycopy(hidden, 0, sealed, NONCE_BYTES, hidden.length);
        return sealed;
    }

    /** @throws CareException UNAVAILABLE without the key under which it was sealed */
    String open(String account, byte[] sealed) {
        byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
        byte[] hidden = Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length);
        return new String(run(Cipher.DECRYPT_MODE, nonce, account, hidden), StandardCharsets.UTF_8);
    }

    private byte[] run(int mode, byte[] nonce, String account, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key(), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(account.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw CareException.unavailable("the secret of " + account + " does not fit the key in " + file, e);
        }
    }

    private SecretKeySpec key() {
        SecretKeySpec known = key;
        if (known != null) {
            return known;
        }
        if (file == null) {
            throw CareException.unavailable("no key file for the secrets of push accounts is configured", null);
        }
        try {
            SecretKeySpec read = new SecretKeySpec(HexFormat.of().parseHex(readOrMake(file)), "AES");
            key = read;
            return read;
        } catch (IOException | IllegalArgumentException e) {
            throw CareException.unavailable("the key file " + file + " cannot be used", e);
        }
    }

    /** Written elsewhere and then given its name, so that nobody reads half a key; the first to do so wins. */
    private String readOrMake(Path path) throws IOException {
        if (!Files.exists(path)) {
            byte[] fresh = new byte[KEY_BYTES];
            random.nextBytes(fresh);
            Path draft = Files.createTempFile(path.toAbsolutePath().getParent(), "push", ".key", OURS_ONLY);
            try {
                Files.writeString(draft, HexFormat.of().formatHex(fresh), StandardOpenOption.SYNC);
                Files.createLink(path, draft);
            } catch (FileAlreadyExistsException e) {
                return Files.readString(path).trim();
            } finally {
                Files.delete(draft);
            }
        }
        return Files.readString(path).trim();
    }
}
