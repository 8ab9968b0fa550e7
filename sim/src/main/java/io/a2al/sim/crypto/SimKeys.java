package io.a2al.sim.crypto;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Signer;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;

/**
 * A participant's or an agent's key pair, of which only the owner has the signer. Belongs to one run.
 *
 * @param address derived from the public key
 * @param nodeId derived from the address
 * @param signer makes signatures with the private key
 */
public record SimKeys(Address address, NodeId nodeId, Signer signer) {

    /** The keys of this signer. */
    static SimKeys of(Signer signer) {
        Address address = Address.ofPublicKey(signer.publicKey());
        return new SimKeys(address, NodeId.ofAddress(address), signer);
    }

    /** The 32-byte public key. */
    public Bytes publicKey() {
        return signer.publicKey();
    }
}
