package io.a2al.sim.crypto;

import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.sim.engine.Stream;

/**
 * The keys and signatures of a run. For both kinds the same code signs and verifies at the same places. Belongs to one
 * run; not thread-safe.
 */
public interface SimCrypto {

    /** Creates a key pair from the next numbers of {@code stream}. */
    SimKeys newKeys(Stream stream);

    /** Returns the verifier for signatures of these keys. */
    SignatureVerifier verifier();
}
