package io.a2al.protocol.crypto;

import io.a2al.protocol.Bytes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Ed25519 (RFC 8032, pure) from one library, chosen once per process: the fastest that loads and passes a known-answer
 * test. Every library gives the same verdict on every input, because {@link StrictEncoding} refuses what they differ on
 * and each implementation closes the gaps that remain. Instances are immutable and thread-safe.
 */
public abstract class Ed25519 {

    /** System property that forces a library by {@link #name()}; a wrong value fails at first use. */
    public static final String PROVIDER_PROPERTY = "io.a2al.ed25519";

    /** Parsed keys kept by one verifier; parsing is cheap, but native key objects are freed late. */
    static final int KEY_CACHE_SIZE = 4096;

    private static final class Chosen {
        static final Ed25519 INSTANCE = choose();
    }

    Ed25519() {}

    /** The library chosen for this process. */
    public static Ed25519 preferred() {
        return Chosen.INSTANCE;
    }

    /** All libraries that work here, the preferred one first. */
    public static List<Ed25519> available() {
        return Stream.concat(CorrettoEd25519.load().stream(), Stream.of(new BouncyCastleEd25519()))
                .filter(Ed25519::passesSelfTest)
                .toList();
    }

    /** Short lowercase name of the library. */
    public abstract String name();

    /** A new verifier for use by one thread. */
    public abstract SignatureVerifier newVerifier();

    /** A new signer for use by one thread. */
    abstract Signer newSigner(byte[] seed, Bytes publicKey);

    @Override
    public String toString() {
        return name();
    }

    private static Ed25519 choose() {
        List<Ed25519> available = available();
        Optional<String> forced =
                Optional.ofNullable(System.getProperty(PROVIDER_PROPERTY)).map(name -> name.toLowerCase(Locale.ROOT));
        if (forced.isEmpty()) {
            return available.getFirst();
        }
        return available.stream()
                .filter(candidate -> candidate.name().equals(forced.get()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(PROVIDER_PROPERTY + "=" + forced.get()
                        + " names no signature library that works here; choose one of " + available));
    }

    /** RFC 8032 section 7.1, test 1: sign the empty message, verify, and refuse a changed signature. */
    private boolean passesSelfTest() {
        Bytes seed = Bytes.fromHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        Bytes publicKey = Bytes.fromHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        Bytes expected = Bytes.fromHex("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
        byte[] changed = expected.toArray();
        changed[63] ^= 1;
        SignatureVerifier verifier = newVerifier();
        return newSigner(seed.toArray(), publicKey).sign(Bytes.EMPTY).equals(expected)
                && verifier.verify(publicKey, Bytes.EMPTY, expected)
                && !verifier.verify(publicKey, Bytes.EMPTY, Bytes.copyOf(changed));
    }
}
