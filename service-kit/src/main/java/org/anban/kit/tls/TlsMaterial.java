package org.anban.kit.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What was read from the files at one time: checked, and it fits together.
 *
 * @param keys our certificate and its key
 * @param clients who decides about clients' certificates; null if none are asked for
 * @param clientsRequired whether a client must have one
 * @param expires when our certificate does
 */
public record TlsMaterial(
        X509ExtendedKeyManager keys,
        @Nullable X509ExtendedTrustManager clients,
        boolean clientsRequired,
        Instant expires) {
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    static TlsMaterial of(TlsFiles files, Map<Path, byte[]> contents) throws GeneralSecurityException {
        PrivateKey key = new Pem(files.key(), contents.get(files.key())).key();
        List<X509Certificate> chain = new Pem(files.certificate(), contents.get(files.certificate())).certificates();
        if (!belong(chain.get(0), key)) {
            throw new GeneralSecurityException(files.key() + " is not the key of " + files.certificate());
        }
        TlsFiles.Clients clients = files.clients();
        ClientTrust trust = null;
        if (clients != null) {
            List<X509CRL> revoked = clients.revoked() == null
                    ? List.of()
                    : new Pem(clients.revoked(), contents.get(clients.revoked())).revocations();
            trust = new ClientTrust(
                    new Pem(clients.authorities(), contents.get(clients.authorities())).certificates(), revoked);
        }
        return new TlsMaterial(
                keyManager(key, chain),
                trust,
                clients != null && clients.required(),
                chain.get(0).getNotAfter().toInstant());
    }

    private static boolean belong(X509Certificate certificate, PrivateKey key) throws GeneralSecurityException {
        if (!certificate.getPublicKey().getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        byte[] words = {1, 2, 3};
        Signature signature = Signature.getInstance(SIGNATURES.get(key.getAlgorithm()));
        signature.initSign(key);
        signature.update(words);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(words);
        return signature.verify(signed);
    }

    private static X509ExtendedKeyManager keyManager(PrivateKey key, List<X509Certificate> chain)
            throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        char[] none = {};
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", key, none, chain.toArray(Certificate[]::new));
            factory.init(store, none);
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
        for (KeyManager manager : factory.getKeyManagers()) {
            if (manager instanceof X509ExtendedKeyManager found) {
                return found;
            }
        }
        throw new GeneralSecurityException("this Java has no key manager");
    }

    /** What of it is out of date. */
    Optional<String> problem(Instant now) {
        if (now.isAfter(expires)) {
            return Optional.of("the certificate expired at " + expires);
        }
        if (clients instanceof ClientTrust trust) {
            return trust.revocations().stream()
                    .filter(list -> list.getNextUpdate() != null
                            && now.isAfter(list.getNextUpdate().toInstant()))
                    .map(list -> "the revocation list should have been replaced at "
                            + list.getNextUpdate().toInstant())
                    .findFirst();
        }
        return Optional.empty();
    }
}
