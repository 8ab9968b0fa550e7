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
 * The cost of signatures on one core of this machine, which sets an upper bound for the number of requests per second.
 * Immutable; thread-safe.
 *
 * @param provider name of the signature library
 * @param signMicros time of signing 300 bytes, in microseconds
 * @param verifyMicros time of verifying a signature of 300 bytes with a key that was used before, in microseconds
 */
public record Ceiling(String provider, double signMicros, double verifyMicros) {

    private static final int MESSAGE_LENGTH = 300;
    private static final int KEYS = 64;

    /** Number of operations between two readings of the clock. */
    private static final int BLOCK = KEYS;

    /**
     * Measures in the calling thread for about the given time. The first measurement in a process is slower than later
     * ones.
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
                throw new IllegalStateException(library.name() + " rejects its own signature");
            }
        });
        return new Ceiling(library.name(), sign, verify);
    }

    /** An operation to be measured; the number is below {@link #KEYS}. */
    @FunctionalInterface
    private interface Operation {
        void run(int number);
    }

    /**
     * Returns the time of one operation in microseconds, as the median of many blocks, so that outliers do not matter.
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

    /** Returns the mean of two measurements. */
    Ceiling meanWith(Ceiling other) {
        return new Ceiling(provider, (signMicros + other.signMicros) / 2, (verifyMicros + other.verifyMicros) / 2);
    }

    /**
     * Returns the time in microseconds that signatures take for one answered request.
     *
     * @param verifications mean number of signatures that the node verifies for a request
     */
    public double micros(double verifications) {
        return signMicros + verifications * verifyMicros;
    }

    /** Returns the upper bound for the number of requests per second and core. */
    public double perSecond(double verifications) {
        return 1e6 / micros(verifications);
    }
}
