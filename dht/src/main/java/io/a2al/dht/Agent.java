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
 * An address that records are published and mail is read for, and the Ed25519 key that acts for it. A key acts for the
 * native address derived from it. For any other address (of an Ethereum or Paralism wallet, or of a key that is kept
 * elsewhere) it needs a proof that the owner of that address delegated it (wire.md section 14). Many agents can share a
 * node. Immutable, with value equality; thread-safe. No text form contains the key's secret.
 */
public final class Agent {

    /** A number as long as sequence numbers and timestamps in seconds, which take four bytes until 2106. */
    private static final long SOME_SECONDS = 0x7fff_ffffL;

    /** A number as long as sequence numbers in nanoseconds, which take eight bytes. */
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

    /** Returns the agent whose address is derived from {@code key}. */
    public static Agent self(Identity key) {
        Objects.requireNonNull(key, "key");
        return new Agent(key, key.address(), Optional.empty());
    }

    /**
     * Returns the agent whose owner delegated {@code key}. Whether the proof is valid at the time is checked whenever a
     * record is signed. A proof for the key's own address is dropped, as it proves nothing more.
     *
     * @throws InvalidDelegationException naming the field at fault, if the proof is for another key, is not signed by
     *     the owner of its agent's address, or its scope is not {@link Delegation#NETWORK}
     */
    public static Agent delegated(Identity key, DelegationProof proof) throws InvalidDelegationException {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(proof, "proof");
        Delegation says = proof.delegation();
        if (!says.operationalKey().equals(key.publicKey())) {
            throw new InvalidDelegationException(
                    Field.OP_PUB,
                    "op_pub: the proof is for the key of " + Address.ofPublicKey(says.operationalKey())
                            + ", not for that of " + key.address() + "; give the key that was delegated");
        }
        if (says.scope() != Delegation.NETWORK) {
            throw new InvalidDelegationException(
                    Field.SCOPE, "scope: " + says.scope() + " has no meaning; it must be " + Delegation.NETWORK);
        }
        if (!proof.isSigned(Ed25519.preferred().newVerifier())) {
            throw new InvalidSignatureException("signature: it was not made by the owner of " + says.agent());
        }
        return says.agent().equals(key.address()) ? self(key) : new Agent(key, says.agent(), Optional.of(proof));
    }

    /** Returns the address that the key acts for. */
    public Address address() {
        return address;
    }

    /** Returns the SHA-256 of the address: the key that the agent's records and its mail are kept at. */
    public NodeId nodeId() {
        return nodeId;
    }

    /** Returns the 32-byte key that signs the agent's records and that mail for it is sealed with. */
    public Bytes publicKey() {
        return key.publicKey();
    }

    /** Returns the proof that the key may act for the address; empty if the address is derived from the key. */
    public Optional<DelegationProof> delegation() {
        return delegation;
    }

    /**
     * Returns by how many bytes {@code payload} can grow until nodes of the older protocol version can no longer serve
     * its endpoint record, which then has more than {@value ResponseBudget#MAX_LEGACY_ENDPOINT_RECORD} bytes
     * (known-defects D-19). Negative if it is too long already; always so for a wallet's agent, whose proof alone is
     * too long.
     */
    public int roomForOldNodes(EndpointPayload payload) {
        Objects.requireNonNull(payload, "payload");
        return longestPayload(RecordType.ENDPOINT, ResponseBudget.MAX_LEGACY_ENDPOINT_RECORD, SOME_SECONDS)
                - payload.encode().length();
    }

    /**
     * Returns the longest body, in bytes, of a note that this agent can send, as its proof takes part of the room
     * (wire.md 9 and 11.4); empty if there is no room even for an empty body.
     *
     * @param type 0 to 255
     * @throws IllegalArgumentException if the type is out of range
     */
    public OptionalInt longestMail(int type) {
        Arguments.noteType(type);
        int room = longestPayload(RecordType.MAILBOX, Message.Store.MAX_RECORD_WITH_KEY, SOME_NANOS);
        for (int body = SealedMail.maxBody(type); body >= 0; body--) {
            if (SealedMail.payloadLength(type, body) <= room) {
                return OptionalInt.of(body);
            }
        }
        return OptionalInt.empty();
    }

    /** Returns the longest payload of a record of at most {@code recordLimit} bytes; negative if there is none. */
    private int longestPayload(int recordType, int recordLimit, long sequence) {
        RecordSigner signer = newSigner();
        int payload = recordLimit - signer.encodedLength(recordType, 0, sequence, SOME_SECONDS, RecordMaker.TTL);
        while (payload >= 0
                && signer.encodedLength(recordType, payload, sequence, SOME_SECONDS, RecordMaker.TTL) > recordLimit) {
            payload--;
        }
        return payload;
    }

    /** Returns the key that acts for the agent; it opens mail that was sealed for it. */
    public Identity key() {
        return key;
    }

    /** Returns a new signer of the agent's records, for use by one thread. */
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

    /** Returns the address, and that of the key if it differs; never the secret. */
    @Override
    public String toString() {
        return "Agent[" + address + (delegation.isPresent() ? " by " + key.address() : "") + "]";
    }
}
