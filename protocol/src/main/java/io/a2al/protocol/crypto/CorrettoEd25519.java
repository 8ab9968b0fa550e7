package io.a2al.protocol.crypto;

import java.security.Provider;
import java.util.Optional;

/**
 * Ed25519 from the Amazon Corretto Crypto Provider, a native library for Linux and macOS. It is looked up by class
 * name, so that this module also works on platforms for which the provider has no jar.
 */
final class CorrettoEd25519 extends JcaEd25519 {

    private static final String PROVIDER_CLASS = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

    /** System property that enables the provider's own key objects, which sign twice as fast as the JDK's. */
    private static final String OWN_KEYS_PROPERTY = "com.amazon.corretto.crypto.provider.registerEdKeyFactory";

    private CorrettoEd25519(Provider provider) {
        super(provider);
    }

    /** Returns the library, or nothing if it is absent or its native part cannot be loaded. */
    static Optional<Ed25519> load() {
        if (System.getProperty(OWN_KEYS_PROPERTY) == null) {
            System.setProperty(OWN_KEYS_PROPERTY, "true");
        }
        try {
            Provider provider = (Provider)
                    Class.forName(PROVIDER_CLASS).getField("INSTANCE").get(null);
            CorrettoEd25519 library = new CorrettoEd25519(provider);
            library.newVerifier();
            return Optional.of(library);
        } catch (ReflectiveOperationException | LinkageError | RuntimeException absent) {
            return Optional.empty();
        }
    }

    @Override
    public String name() {
        return "corretto";
    }
}
