package io.a2al.sim.crypto;

import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.sim.engine.Stream;

/**
 * Where the keys and signatures of a run come from. Whatever it is, signatures are made and checked at the same places,
 * by the same code. Belongs to one run.
 */
public interface SimCrypto {

    /** A key pair made from the next numbers of {@code stream}. */
    SimKeys newKeys(Stream stream);

    /** What checks signatures of these keys. */
    SignatureVerifier verifier();
}
