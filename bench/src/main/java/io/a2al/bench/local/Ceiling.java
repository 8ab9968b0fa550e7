package io.a2al.bench.local;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.protocol.crypto.Signer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;

/**
 * What the signature library takes on one core of this machine, and so how many requests it allows at the very most.
 * Immutable; thread-safe.
 *
 * @param provider name of the library
 * @param signMicros one signature of 300 bytes
 * @param verifyMicros one verification with a key that was seen before
 */
public record Ceiling(String provider, double signMicros, double verifyMicros) {

    private static final int MESSAGE_LENGTH = 300;
    private static final int KEYS = 64;

    /** Operations between two looks at the clock. */
    private static final int BLOCK = KEYS;

    /**
     * Measures on the caller's thread for about that long; the first time in a process is slower than the next ones.
     */
    public static Ceiling measure(Duration time) {
        Ed25519 library = Ed25519.preferred();
        SecureRandom random = new SecureRandom();
        byte[] message = new byte[MESSAGE_LENGTH];
        random.nextBytes(message);
        Bytes[] keys = new Bytes[KEYS];
        byte[][] signatures = new byte[KEYS][SignatureVerifier.SIGNATURE_LENGTH];
        Signer[] signers = new Signer[KEYS];
        for (int i = 0; i < KEYS; i++) {
            signers[i] = Identity.generate(random).newSigner();
            keys[i] = signers[i].publicKey();
            signers[i].sign(message, 0, message.length, signatures[i], 0);
        }
        SignatureVerifier verifier = library.newVerifier();
        long half = time.toNanos() / 2;
        double sign = median(half, i -> signers[0].sign(message, 0, message.length, signatures[0], 0));
        double verify = median(half, i -> {
            if (!verifier.verify(keys[i], message, 0, message.length, signatures[i], 0)) {
                throw new IllegalStateException(library + " refuses a signature of its own");
            }
        });
        return new Ceiling(library.name(), sign, verify);
    }

    /** One operation; the number is below {@link #KEYS}. */
    @FunctionalInterface
    private interface Operation {
        void run(int number);
    }

    /**
     * Microseconds of one operation, by the median of many blocks, so that what disturbs a few of them does not matter.
     */
    private static double median(long nanos, Operation operation) {
        double[] blocks = new double[1024];
        int count = 0;
        long end = System.nanoTime() + nanos;
        long before = System.nanoTime();
        while (count < 3 || before - end < 0) {
            for (int i = 0; i < BLOCK; i++) {
                operation.run(i);
            }
            long after = System.nanoTime();
            if (count == blocks.length) {
                blocks = Arrays.copyOf(blocks, 2 * count);
            }
            blocks[count++] = (after - before) / 1e3 / BLOCK;
            before = after;
        }
        Arrays.sort(blocks, 0, count);
        return blocks[count / 2];
    }

    /** The mean of two measurements. */
    Ceiling meanWith(Ceiling other) {
        return new Ceiling(provider, (signMicros + other.signMicros) / 2, (verifyMicros + other.verifyMicros) / 2);
    }

    /**
     * Microseconds of signatures that a request costs which is answered, and takes that many verifications (on
     * average).
     */
    public double micros(double verifications) {
        return signMicros + verifications * verifyMicros;
    }

    /** Requests per second and core at the very most. */
    public double perSecond(double verifications) {
        return 1e6 / micros(verifications);
    }
}
