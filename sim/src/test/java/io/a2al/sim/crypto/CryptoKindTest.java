package io.a2al.sim.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.sim.engine.Purpose;
import io.a2al.sim.engine.Streams;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both kinds of signatures accept and reject the same messages. */
class CryptoKindTest {

    private static final Streams STREAMS = new Streams(5);
    private static final Bytes MESSAGE = Bytes.fromHex("000102030405060708090a0b0c0d0e0f1011");

    @ParameterizedTest
    @EnumSource
    void aSignatureIsValidOnlyForItsKeyAndMessage(CryptoKind kind) {
        SimCrypto crypto = kind.create(STREAMS);
        SimKeys keys = crypto.newKeys(STREAMS.of(Purpose.KEY, 1));
        SimKeys others = crypto.newKeys(STREAMS.of(Purpose.KEY, 2));
        SignatureVerifier verifier = crypto.verifier();
        Bytes signature = keys.signer().sign(MESSAGE);

        assertThat(verifier.verify(keys.publicKey(), MESSAGE, signature)).isTrue();
        assertThat(verifier.verify(others.publicKey(), MESSAGE, signature)).isFalse();
        assertThat(verifier.verify(keys.publicKey(), MESSAGE, others.signer().sign(MESSAGE)))
                .isFalse();
        for (int i = 0; i < MESSAGE.length(); i++) {
            assertThat(verifier.verify(keys.publicKey(), changed(MESSAGE, i), signature))
                    .isFalse();
        }
        for (int i = 0; i < signature.length(); i++) {
            assertThat(verifier.verify(keys.publicKey(), MESSAGE, changed(signature, i)))
                    .isFalse();
        }
    }

    private static Bytes changed(Bytes bytes, int at) {
        byte[] changed = bytes.toArray();
        changed[at] ^= 1;
        return Bytes.copyOf(changed);
    }

    @ParameterizedTest
    @EnumSource
    void keysAreDeterminedByTheSeed(CryptoKind kind) {
        SimKeys keys = kind.create(STREAMS).newKeys(STREAMS.of(Purpose.KEY, 1));
        SimKeys again = kind.create(STREAMS).newKeys(STREAMS.of(Purpose.KEY, 1));
        assertThat(again.address()).isEqualTo(keys.address());
        assertThat(again.signer().sign(MESSAGE)).isEqualTo(keys.signer().sign(MESSAGE));
    }

    /** Signatures of one run are not valid in another. */
    @ParameterizedTest
    @EnumSource(names = "FAST")
    void runsHaveDifferentSecrets(CryptoKind kind) {
        SimKeys keys = kind.create(STREAMS).newKeys(STREAMS.of(Purpose.KEY, 1));
        SignatureVerifier elsewhere = kind.create(new Streams(6)).verifier();
        assertThat(elsewhere.verify(keys.publicKey(), MESSAGE, keys.signer().sign(MESSAGE)))
                .isFalse();
    }
}
