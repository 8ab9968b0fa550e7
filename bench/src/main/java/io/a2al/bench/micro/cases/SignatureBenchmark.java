package io.a2al.bench.micro.cases;

import io.a2al.bench.sample.Samples;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.protocol.crypto.Signer;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Signing and verification with each signature library. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class SignatureBenchmark {

    /** Number of keys; more than a verifier caches. */
    private static final int KEYS = 10_000;

    /** Name of the signature library. */
    @Param({"corretto", "bouncycastle"})
    public String library = "bouncycastle";

    /** Length of the message in bytes. */
    @Param({"100", "300", "1100"})
    public int length;

    private record Signed(Bytes key, Bytes signature) {}

    private final List<Signed> signatures = new ArrayList<>();
    private byte[] message = {};
    private byte[] signature = {};
    private int next;
    private Signer signer = new Samples(1).identity().newSigner();
    private SignatureVerifier verifier = Ed25519.preferred().newVerifier();

    /** Creates keys and signatures. */
    @Setup
    public void setUp() {
        Ed25519 chosen = Ed25519.available().stream()
                .filter(candidate -> candidate.name().equals(library))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("signature library not available: " + library));
        Samples samples = new Samples(1);
        message = new byte[length];
        signature = new byte[SignatureVerifier.SIGNATURE_LENGTH];
        signer = samples.identity().newSigner(chosen);
        verifier = chosen.newVerifier();
        for (int i = 0; i < KEYS; i++) {
            Identity identity = samples.identity();
            byte[] signed = new byte[SignatureVerifier.SIGNATURE_LENGTH];
            identity.newSigner().sign(message, 0, length, signed, 0);
            signatures.add(new Signed(identity.publicKey(), Bytes.copyOf(signed)));
        }
    }

    /** Signs the message. */
    @Benchmark
    public byte[] sign() {
        signer.sign(message, 0, length, signature, 0);
        return signature;
    }

    /** Verifies a signature with a key that the verifier has cached. */
    @Benchmark
    public boolean verify() {
        return verify(signatures.getFirst());
    }

    /** Verifies a signature with a key that the verifier has not cached. */
    @Benchmark
    public boolean verifyNewKey() {
        next = (next + 1) % KEYS;
        return verify(signatures.get(next));
    }

    private boolean verify(Signed by) {
        by.signature().copyTo(signature, 0);
        return verifier.verify(by.key(), message, 0, length, signature, 0);
    }
}
