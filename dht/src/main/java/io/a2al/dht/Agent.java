package io.a2al.dht;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.delegation.Delegation;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.delegation.InvalidDelegationException;
import io.a2al.protocol.delegation.InvalidDelegationException.Field;
import io.a2al.protocol.delegation.InvalidSignatureException;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.mailbox.SealedMail;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.ResponseBudget;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.RecordType;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * On whose behalf records are published and mail is read: an address, and the Ed25519 key that acts for it. A key
 * speaks for the native address derived from it; for any other address (of an Ethereum or Paralism wallet, or of a key
 * that is kept elsewhere) it needs a proof that the owner of that address delegated it (wire.md section 14). Many
 * agents can share a node. Immutable, with value equality; thread-safe. The key's secret is in no text form.
 */
public final class Agent {

    /** Sequence numbers and timestamps in seconds take four bytes until 2106. */
    private static final long SOME_SECONDS = 0x7fff_ffffL;

    /** Those in nanoseconds take eight. */
    private static final long SOME_NANOS = Long.MAX_VALUE;

    private final Identity key;
    private final Address address;
    private final NodeId nodeId;
    private final Optional<DelegationProof> delegation;

    private Agent(Identity key, Address address, Optional<DelegationProof> delegation) {
        this.key = key;
        this.address = address;
        this.nodeId = NodeId.ofAddress(address);
        this.delegation = delegation;
    }

    /** The agent whose address is derived from {@code key}. */
    public static Agent self(Identity key) {
        return new Agent(key, key.address(), Optional.empty());
    }

    /**
     * The agent whose owner delegated {@code key}. When the proof counts is looked at whenever something is signed; a
     * proof for the key's own address is left out, since nobody needs it.
     *
     * @throws InvalidDelegationException naming the field at fault, if the proof is for another key, is not signed by
     *     the owner of its agent's address, or its scope is not {@link Delegation#NETWORK}
     */
    public static Agent delegated(Identity key, DelegationProof proof) throws InvalidDelegationException {
        Delegation says = proof.delegation();
        if (!says.operationalKey().equals(key.publicKey())) {
            throw new InvalidDelegationException(
                    Field.OP_PUB,
                    "op_pub: the proof is for the key of " + Address.ofPublicKey(says.operationalKey())
                            + ", not for that of " + key.address());
        }
        if (says.scope() != Delegation.NETWORK) {
            throw new InvalidDelegationException(
                    Field.SCOPE, "scope: " + says.scope() + " has no meaning, it must be " + Delegation.NETWORK);
        }
        if (!proof.isSigned(Ed25519.preferred().newVerifier())) {
            throw new InvalidSignatureException("signature: it was not made by the owner of " + says.agent());
        }
        return says.agent().equals(key.address()) ? self(key) : new Agent(key, says.agent(), Optional.of(proof));
    }

    /** The address that is spoken for. */
    public Address address() {
        return address;
    }

    /** SHA-256 of the address: where the agent's records and its mail are kept. */
    public NodeId nodeId() {
        return nodeId;
    }

    /** The 32-byte key that signs the agent's records, and that mail for it is sealed with. */
    public Bytes publicKey() {
        return key.publicKey();
    }

    /** The proof that the key may act for the address; nothing if the address is derived from the key. */
    public Optional<DelegationProof> delegation() {
        return delegation;
    }

    /**
     * How many bytes {@code payload} can still grow by until nodes of the older generation can no longer serve the
     * endpoint record made of it, which then has more than {@value ResponseBudget#MAX_LEGACY_ENDPOINT_RECORD} bytes
     * (known-defects D-19). Negative if it is too long already; always so for a wallet's agent, whose proof alone is
     * too long.
     */
    public int roomForOldNodes(EndpointPayload payload) {
        return longestPayload(RecordType.ENDPOINT, ResponseBudget.MAX_LEGACY_ENDPOINT_RECORD, SOME_SECONDS)
                - payload.encode().length();
    }

    /**
     * Longest body, in bytes, of a note that this agent can send, as its proof takes part of the room
     * (wire.md 9 and 11.4); nothing if there is no room even for an empty one.
     *
     * @param type 0 to 255
     */
    public OptionalInt longestMail(int type) {
        int room = longestPayload(RecordType.MAILBOX, Message.Store.MAX_RECORD_WITH_KEY, SOME_NANOS);
        for (int body = SealedMail.maxBody(type); body >= 0; body--) {
            if (SealedMail.payloadLength(type, body) <= room) {
                return OptionalInt.of(body);
            }
        }
        return OptionalInt.empty();
    }

    /**
     * Longest payload with which a record of this agent has at most {@code recordLimit} bytes; negative if none has.
     */
    private int longestPayload(int recordType, int recordLimit, long sequence) {
        RecordSigner signer = newSigner();
        int payload = recordLimit - signer.encodedLength(recordType, 0, sequence, SOME_SECONDS, RecordMaker.TTL);
        while (payload >= 0
                && signer.encodedLength(recordType, payload, sequence, SOME_SECONDS, RecordMaker.TTL) > recordLimit) {
            payload--;
        }
        return payload;
    }

    /** Opens what was sealed for this agent. */
    public Identity key() {
        return key;
    }

    /** A new signer of the agent's records, for use by one thread. */
    RecordSigner newSigner() {
        return delegation
                .map(proof -> RecordSigner.delegated(key.newSigner(), address, proof.encode()))
                .orElseGet(() -> RecordSigner.self(key.newSigner()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Agent that
                && publicKey().equals(that.publicKey())
                && address.equals(that.address)
                && delegation.equals(that.delegation);
    }

    @Override
    public int hashCode() {
        return Objects.hash(publicKey(), address);
    }

    /** The address, and that of the key if it is another; never the secret. */
    @Override
    public String toString() {
        return "Agent[" + address + (delegation.isPresent() ? " by " + key.address() : "") + "]";
    }
}
