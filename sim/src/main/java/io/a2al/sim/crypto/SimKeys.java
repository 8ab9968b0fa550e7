package io.a2al.sim.crypto;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Signer;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;

/**
 * The key pair of a participant or an agent. Only the owner has the signer. Belongs to one run.
 *
 * @param address address derived from the public key
 * @param nodeId NodeID derived from the address
 * @param signer signs with the private key
 */
public record SimKeys(Address address, NodeId nodeId, Signer signer) {

    /** Returns the keys of a signer. */
    static SimKeys of(Signer signer) {
        Address address = Address.ofPublicKey(signer.publicKey());
        return new SimKeys(address, NodeId.ofAddress(address), signer);
    }

    /** Returns the 32-byte public key. */
    public Bytes publicKey() {
        return signer.publicKey();
    }
}
