package io.a2al.protocol.crypto;

import io.a2al.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
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

    /**
     * Made by the first who asks, while others wait. A failure is kept, too: out of here it would come as an error of
     * the class.
     */
    private static final class Chosen {
        static final Supplier<Choice> CHOICE = choice();

        private static Supplier<Choice> choice() {
            try {
                Choice choice = choose(libraries(), Optional.ofNullable(System.getProperty(PROVIDER_PROPERTY)));
                return () -> choice;
            } catch (NoSignatureLibraryException none) {
                return () -> {
                    throw new NoSignatureLibraryException(String.valueOf(none.getMessage()));
                };
            }
        }
    }

    /**
     * What came of choosing.
     *
     * @param rejected libraries that load here but gave a wrong answer, each with what it was
     */
    record Choice(Ed25519 library, List<String> rejected) {}

    Ed25519() {}

    /**
     * The library chosen for this process. The first call chooses, which takes some tens of milliseconds; calls
     * meanwhile wait for its verdict.
     *
     * @throws NoSignatureLibraryException if none works, or not the one that is forced
     */
    public static Ed25519 preferred() {
        return Chosen.CHOICE.get().library();
    }

    /**
     * Libraries that would have come before the chosen one, but are not used because they gave a wrong answer to a
     * question with a known one; each with what it was, for the log. Empty unless something is wrong with an
     * installation.
     */
    public static List<String> rejected() {
        return Chosen.CHOICE.get().rejected();
    }

    /** All libraries that work here, the preferred one first. */
    public static List<Ed25519> available() {
        return libraries()
                .flatMap(library -> library.get().stream())
                .filter(library -> SelfTest.disagreement(library).isEmpty())
                .toList();
    }

    /** In the order of their speed; nothing where one does not load. */
    private static Stream<Supplier<Optional<Ed25519>>> libraries() {
        return Stream.of(CorrettoEd25519::load, () -> Optional.of(new BouncyCastleEd25519()));
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

    /** The first that works; those behind it are not even loaded, which takes time at every start. */
    static Choice choose(Stream<Supplier<Optional<Ed25519>>> candidates, Optional<String> forced) {
        Optional<String> wanted = forced.map(name -> name.toLowerCase(Locale.ROOT));
        List<String> rejected = new ArrayList<>();
        List<String> works = new ArrayList<>();
        for (Supplier<Optional<Ed25519>> candidate : candidates.toList()) {
            Optional<Ed25519> loaded = candidate.get();
            Optional<String> disagreement = loaded.flatMap(SelfTest::disagreement);
            if (disagreement.isPresent()) {
                rejected.add(loaded.get() + " " + disagreement.get());
            } else if (loaded.isPresent()) {
                if (wanted.isEmpty() || wanted.get().equals(loaded.get().name())) {
                    return new Choice(loaded.get(), List.copyOf(rejected));
                }
                works.add(loaded.get().name());
            }
        }
        throw new NoSignatureLibraryException(wanted.map(name -> PROVIDER_PROPERTY + "=" + name
                        + " names no signature library that works here; choose one of " + works)
                .orElse("no signature library works here: " + rejected));
    }
}
