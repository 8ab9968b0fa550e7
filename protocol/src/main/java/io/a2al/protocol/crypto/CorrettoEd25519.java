package io.a2al.protocol.crypto;

import java.security.Provider;
import java.util.Optional;

/**
 * Ed25519 from the Amazon Corretto Crypto Provider, a native library for Linux and macOS. Found by name, so that this
 * module also works where no jar of it exists for the platform.
 */
final class CorrettoEd25519 extends JcaEd25519 {

    private static final String PROVIDER_CLASS = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

    /** The provider offers its own key objects, twice as fast to sign with as the JDK's, only if this is set. */
    private static final String OWN_KEYS_PROPERTY = "com.amazon.corretto.crypto.provider.registerEdKeyFactory";

    private CorrettoEd25519(Provider provider) {
        super(provider);
    }

    /** The library, or nothing where it is absent or its native part cannot be loaded. */
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
