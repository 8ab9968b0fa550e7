package io.a2al.http.fuzz;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.protocol.delegation.Delegation;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.delegation.InvalidDelegationException;
import io.a2al.protocol.delegation.InvalidSignatureException;
import io.a2al.protocol.id.Address;
import java.nio.charset.StandardCharsets;

/**
 * The input is an encoded proof, a text that a wallet signs, and the text of a signature. Each is refused with the
 * parser's own exception, or means the same after it has been written and read again. Every proof that can be read can
 * be verified.
 */
public final class DelegationTarget {

    private static final SignatureVerifier SIGNATURES = Ed25519.preferred().newVerifier();

    private DelegationTarget() {}

    /** Checks one input. */
    public static void fuzzerTestOneInput(byte[] input) throws InvalidDelegationException {
        proof(Bytes.copyOf(input));
        String text = new String(input, StandardCharsets.UTF_8);
        message(text);
        signature(text);
    }

    private static void proof(Bytes encoded) throws InvalidDelegationException {
        DelegationProof proof;
        try {
            proof = DelegationProof.decode(encoded);
        } catch (InvalidDelegationException refused) {
            return;
        }
        DelegationProof again = DelegationProof.decode(proof.encode());
        Check.equal(again, proof);
        Check.equal(again.isSigned(SIGNATURES), proof.isSigned(SIGNATURES));
        Check.equal(again.validityAt(Seeds.NOW), proof.validityAt(Seeds.NOW));
    }

    private static void message(String text) throws InvalidDelegationException {
        Delegation delegation;
        try {
            delegation = DelegationProof.parseWalletMessage(text);
        } catch (InvalidDelegationException refused) {
            return;
        }
        int family = delegation.agent().version();
        if (family == Address.ETHEREUM || family == Address.PARALISM) {
            Check.equal(DelegationProof.parseWalletMessage(DelegationProof.walletMessage(delegation)), delegation);
        }
    }

    private static void signature(String text) throws InvalidSignatureException {
        Bytes signature;
        try {
            signature = DelegationProof.parseWalletSignature(text);
        } catch (InvalidSignatureException refused) {
            return;
        }
        Check.equal(DelegationProof.parseWalletSignature(signature.toHex()), signature);
    }
}
