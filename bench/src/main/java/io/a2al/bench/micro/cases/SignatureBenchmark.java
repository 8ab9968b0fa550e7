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

/** What each signature library takes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class SignatureBenchmark {

    /** More keys than a verifier keeps. */
    private static final int STRANGERS = 10_000;

    /** Which library. */
    @Param({"corretto", "bouncycastle"})
    public String library = "bouncycastle";

    /** Bytes of the message. */
    @Param({"100", "300", "1100"})
    public int length;

    private record Signed(Bytes key, Bytes signature) {}

    private final List<Signed> strangers = new ArrayList<>();
    private byte[] message = {};
    private byte[] signature = {};
    private int next;
    private Signer signer = new Samples(1).identity().newSigner();
    private SignatureVerifier verifier = Ed25519.preferred().newVerifier();

    /** Makes keys and signatures. */
    @Setup
    public void setUp() {
        Ed25519 chosen = Ed25519.available().stream()
                .filter(candidate -> candidate.name().equals(library))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(library + " does not work here"));
        Samples samples = new Samples(1);
        message = new byte[length];
        signature = new byte[SignatureVerifier.SIGNATURE_LENGTH];
        signer = samples.identity().newSigner(chosen);
        verifier = chosen.newVerifier();
        for (int i = 0; i < STRANGERS; i++) {
            Identity stranger = samples.identity();
            byte[] signed = new byte[SignatureVerifier.SIGNATURE_LENGTH];
            stranger.newSigner().sign(message, 0, length, signed, 0);
            strangers.add(new Signed(stranger.publicKey(), Bytes.copyOf(signed)));
        }
    }

    /** Signs. */
    @Benchmark
    public byte[] sign() {
        signer.sign(message, 0, length, signature, 0);
        return signature;
    }

    /** Verifies by a key that was used before. */
    @Benchmark
    public boolean verify() {
        return verify(strangers.getFirst());
    }

    /** Verifies by a key that is not kept any longer. */
    @Benchmark
    public boolean verifyNewKey() {
        next = (next + 1) % STRANGERS;
        return verify(strangers.get(next));
    }

    private boolean verify(Signed by) {
        by.signature().copyTo(signature, 0);
        return verifier.verify(by.key(), message, 0, length, signature, 0);
    }
}
