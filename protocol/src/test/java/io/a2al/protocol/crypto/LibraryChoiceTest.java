package io.a2al.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.protocol.Bytes;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LibraryChoiceTest {

    /** A library that takes everything for a good signature. */
    private static final class Credulous extends Ed25519 {
        @Override
        public String name() {
            return "credulous";
        }

        @Override
        public SignatureVerifier newVerifier() {
            return (publicKey, message, from, to, signature, at) -> true;
        }

        @Override
        Signer newSigner(byte[] seed, Bytes publicKey) {
            return new BouncyCastleEd25519().newSigner(seed, publicKey);
        }
    }

    private static Ed25519.Choice choose(Optional<String> forced) {
        Supplier<Optional<Ed25519>> absent = Optional::empty;
        Supplier<Optional<Ed25519>> credulous = () -> Optional.of(new Credulous());
        Supplier<Optional<Ed25519>> good = () -> Optional.of(new BouncyCastleEd25519());
        return Ed25519.choose(Stream.of(absent, credulous, good), forced);
    }

    @Test
    void aLibraryThatDisagreesIsNotUsedAndNamed() {
        Ed25519.Choice choice = choose(Optional.empty());
        assertThat(choice.library().name()).isEqualTo("bouncycastle");
        assertThat(choice.rejected()).containsExactly("credulous accepts a changed signature");
    }

    @Test
    void aLibraryCanBeForcedByNameButNotAgainstItsAnswers() {
        assertThat(choose(Optional.of("BouncyCastle")).library().name()).isEqualTo("bouncycastle");
        assertThatThrownBy(() -> choose(Optional.of("credulous")))
                .isInstanceOf(NoSignatureLibraryException.class)
                .hasMessageEndingWith("choose one of [bouncycastle]");
    }

    @Test
    void nothingIsLoadedBehindTheFirstThatWorks() {
        Supplier<Optional<Ed25519>> good = () -> Optional.of(new BouncyCastleEd25519());
        Supplier<Optional<Ed25519>> untouched = () -> {
            throw new AssertionError("loaded");
        };
        assertThat(Ed25519.choose(Stream.of(good, untouched), Optional.empty()).rejected())
                .isEmpty();
    }

    static Stream<Ed25519> libraries() {
        return Ed25519.available().stream();
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void everyLibraryHereGivesTheKnownAnswers(Ed25519 library) {
        assertThat(SelfTest.disagreement(library)).isEmpty();
        assertThat(Ed25519.rejected()).isEmpty();
    }
}
