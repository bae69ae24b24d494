package org.anban.gateway.listener;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.jspecify.annotations.Nullable;

/** The device that a certificate was made for: {@code urn:dev:anban:{id}} among its other names, else its common name. */
final class CertifiedDevice {
    private static final String PREFIX = "urn:dev:anban:";
    private static final int URI = 6; // of RFC 5280's GeneralName

    private CertifiedDevice() {}

    static @Nullable String of(X509Certificate certificate) {
        String other = otherName(certificate);
        return other != null ? other : commonName(certificate);
    }

    private static @Nullable String otherName(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            for (List<?> name : names == null ? List.<List<?>>of() : names) {
                if (name.get(0).equals(URI) && name.get(1) instanceof String uri && uri.startsWith(PREFIX)) {
                    return uri.substring(PREFIX.length());
                }
            }
        } catch (CertificateParsingException e) {
            return null;
        }
        return null;
    }

    private static @Nullable String commonName(X509Certificate certificate) {
        try {
            for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    return part.getValue().toString();
                }
            }
        } catch (InvalidNameException e) {
            return null;
        }
        return null;
    }
}
