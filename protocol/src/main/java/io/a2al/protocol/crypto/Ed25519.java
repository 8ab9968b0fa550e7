package io.a2al.protocol.crypto;

import io.a2al.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Ed25519 (RFC 8032, pure) from one library, chosen once per process: the fastest one that loads and passes a
 * known-answer test. All libraries accept exactly the same signatures: {@link StrictEncoding} rejects the encodings on
 * which they differ, and each implementation handles the differences that remain. Immutable and thread-safe.
 */
public abstract class Ed25519 {

    /** System property that forces a library by its {@link #name()}. An unknown name fails at the first use. */
    public static final String PROVIDER_PROPERTY = "io.a2al.ed25519";

    /**
     * Parsed keys that one verifier caches. Parsing is cheap; the limit exists because native key objects are freed
     * late.
     */
    static final int KEY_CACHE_SIZE = 4096;

    /**
     * Holds the choice, which class initialisation makes once: the first caller chooses, concurrent callers wait. A
     * failure is held as well, since an exception from the initialiser would surface as an error of this class.
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
     * The result of choosing.
     *
     * @param library the chosen library
     * @param rejected libraries that load but failed the known-answer test, each with the wrong answer
     */
    record Choice(Ed25519 library, List<String> rejected) {}

    Ed25519() {}

    /**
     * Returns the library chosen for this process. The first call chooses it, which takes some tens of milliseconds;
     * concurrent calls wait for the result.
     *
     * @throws NoSignatureLibraryException if no library works, or the forced one does not
     */
    public static Ed25519 preferred() {
        return Chosen.CHOICE.get().library();
    }

    /**
     * Returns the libraries that were preferred to the chosen one but failed the known-answer test, each with its wrong
     * answer, as text for the log. Empty unless an installation is broken.
     */
    public static List<String> rejected() {
        return Chosen.CHOICE.get().rejected();
    }

    /** Returns all libraries that work on this platform, fastest first. */
    public static List<Ed25519> available() {
        return libraries()
                .flatMap(library -> library.get().stream())
                .filter(library -> SelfTest.disagreement(library).isEmpty())
                .toList();
    }

    /** Returns loaders of all libraries, fastest first; a loader returns nothing if its library does not load. */
    private static Stream<Supplier<Optional<Ed25519>>> libraries() {
        return Stream.of(CorrettoEd25519::load, () -> Optional.of(new BouncyCastleEd25519()));
    }

    /** Returns the short lowercase name of the library. */
    public abstract String name();

    /** Returns a new verifier for use by one thread. */
    public abstract SignatureVerifier newVerifier();

    /** Returns a new signer for use by one thread. */
    abstract Signer newSigner(byte[] seed, Bytes publicKey);

    @Override
    public String toString() {
        return name();
    }

    /** Returns the first library that works. Later ones are not loaded, since loading takes time at every start. */
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
