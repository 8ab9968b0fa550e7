package io.a2al.sim.crypto;

import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.sim.engine.Stream;

/** Ed25519 by the library that production uses. Signatures are deterministic, so runs repeat exactly. */
final class RealCrypto implements SimCrypto {

    private final SignatureVerifier verifier = Ed25519.preferred().newVerifier();

    @Override
    public SimKeys newKeys(Stream stream) {
        byte[] seed = new byte[Identity.SEED_LENGTH];
        stream.nextBytes(seed);
        return SimKeys.of(Identity.ofSeed(seed).newSigner());
    }

    @Override
    public SignatureVerifier verifier() {
        return verifier;
    }
}
