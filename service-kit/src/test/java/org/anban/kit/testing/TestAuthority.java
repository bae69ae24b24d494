package org.anban.kit.testing;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority in memory, good until 2100. */
public final class TestAuthority {
    private static final Date BEGIN = Date.from(Instant.parse("2020-01-01T00:00:00Z"));
    private static final Date PAST = Date.from(Instant.parse("2021-01-01T00:00:00Z"));
    private static final Date END = Date.from(Instant.parse("2100-01-01T00:00:00Z"));

    private final AtomicLong serial = new AtomicLong(1);
    private final X500Name name;
    private final KeyPair keys;
    private final X509Certificate certificate;

    private TestAuthority(String commonName) throws GeneralSecurityException, IOException {
        name = new X500Name("CN=" + commonName);
        keys = pair();
        JcaX509v3CertificateBuilder builder =
                new JcaX509v3CertificateBuilder(name, BigInteger.ONE, BEGIN, END, name, keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        certificate = new JcaX509CertificateConverter().getCertificate(builder.build(signer(keys.getPrivate())));
    }

    public static TestAuthority named(String commonName) throws GeneralSecurityException, IOException {
        return new TestAuthority(commonName);
    }

    /** A certificate with its key. */
    public record Leaf(X509Certificate certificate, PrivateKey key) {
        /** Writes both as PEM; each file is exchanged at once. */
        public void write(Path certificateFile, Path keyFile) throws IOException {
            TestAuthority.write(certificateFile, certificate);
            TestAuthority.write(keyFile, new JcaPKCS8Generator(key, null));
        }
    }

    public X509Certificate certificate() {
        return certificate;
    }

    public Leaf server(String commonName) throws GeneralSecurityException, IOException {
        return leaf(
                commonName,
                KeyPurposeId.id_kp_serverAuth,
                END,
                List.of(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
    }

    /** For a device, by its common name. */
    public Leaf device(String id) throws GeneralSecurityException, IOException {
        return leaf(id, KeyPurposeId.id_kp_clientAuth, END, List.of());
    }

    public Leaf expiredDevice(String id) throws GeneralSecurityException, IOException {
        return leaf(id, KeyPurposeId.id_kp_clientAuth, PAST, List.of());
    }

    /** For a device, by a URN among its other names. */
    public Leaf deviceByUrn(String id) throws GeneralSecurityException, IOException {
        return leaf(
                "serial 4711",
                KeyPurposeId.id_kp_clientAuth,
                END,
                List.of(new GeneralName(GeneralName.uniformResourceIdentifier, "urn:dev:anban:" + id)));
    }

    private Leaf leaf(String commonName, KeyPurposeId purpose, Date end, List<GeneralName> names)
            throws GeneralSecurityException, IOException {
        KeyPair own = pair();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name,
                BigInteger.valueOf(serial.incrementAndGet()),
                BEGIN,
                end,
                new X500Name("CN=" + commonName),
                own.getPublic());
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
        if (!names.isEmpty()) {
            builder.addExtension(
                    Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(GeneralName[]::new)));
        }
        return new Leaf(
                new JcaX509CertificateConverter().getCertificate(builder.build(signer(keys.getPrivate()))),
                own.getPrivate());
    }

    /** A list of what it has revoked. */
    public void writeRevoked(Path file, X509Certificate... revoked) throws IOException, GeneralSecurityException {
        X509v2CRLBuilder builder = new X509v2CRLBuilder(name, BEGIN);
        builder.setNextUpdate(END);
        for (X509Certificate one : revoked) {
            builder.addCRLEntry(one.getSerialNumber(), BEGIN, 0);
        }
        write(file, builder.build(signer(keys.getPrivate())));
    }

    /** As PEM. */
    public void writeCertificate(Path file) throws IOException {
        write(file, certificate);
    }

    private static void write(Path file, Object what) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
            pem.writeObject(what);
        }
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, text.toString());
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static KeyPair pair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static ContentSigner signer(PrivateKey key) throws GeneralSecurityException {
        try {
            return new JcaContentSignerBuilder("SHA256withECDSA").build(key);
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }
}
