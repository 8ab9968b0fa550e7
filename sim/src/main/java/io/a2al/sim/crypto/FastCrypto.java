package io.a2al.sim.crypto;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.protocol.crypto.Signer;
import io.a2al.sim.engine.Mixer;
import io.a2al.sim.engine.Purpose;
import io.a2al.sim.engine.Stream;
import io.a2al.sim.engine.Streams;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Signatures that are hashes of a secret of the run, the public key and the message. The secret never leaves this
 * class. So within a run no participant, honest or not, can sign for a key without its signer. Outside of a run these
 * signatures are not secure. Not thread-safe.
 */
final class FastCrypto implements SimCrypto {

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long secret;
    private final byte[] key = new byte[SignatureVerifier.PUBLIC_KEY_LENGTH];

    FastCrypto(Streams streams) {
        this.secret = streams.hash(Purpose.SECRET, 0);
    }

    @Override
    public SimKeys newKeys(Stream stream) {
        byte[] publicKey = new byte[SignatureVerifier.PUBLIC_KEY_LENGTH];
        stream.nextBytes(publicKey);
        return SimKeys.of(new TagSigner(Bytes.copyOf(publicKey)));
    }

    @Override
    public SignatureVerifier verifier() {
        return (publicKey, message, from, to, signature, signatureAt) -> {
            long tag = tag(publicKey, message, from, to);
            for (int at = 0; at < SignatureVerifier.SIGNATURE_LENGTH; at += Long.BYTES) {
                if ((long) WORDS.get(signature, signatureAt + at) != Mixer.mix(tag + at)) {
                    return false;
                }
            }
            return true;
        };
    }

    private long tag(Bytes publicKey, byte[] message, int from, int to) {
        publicKey.copyTo(key, 0);
        return Mixer.add(Mixer.add(Mixer.add(secret, key, 0, key.length), message, from, to), secret);
    }

    private final class TagSigner implements Signer {

        private final Bytes publicKey;

        TagSigner(Bytes publicKey) {
            this.publicKey = publicKey;
        }

        @Override
        public Bytes publicKey() {
            return publicKey;
        }

        @Override
        public void sign(byte[] message, int from, int to, byte[] target, int targetAt) {
            long tag = tag(publicKey, message, from, to);
            for (int at = 0; at < SignatureVerifier.SIGNATURE_LENGTH; at += Long.BYTES) {
                WORDS.set(target, targetAt + at, Mixer.mix(tag + at));
            }
        }
    }
}
