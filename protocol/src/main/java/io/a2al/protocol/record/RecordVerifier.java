package io.a2al.protocol.record;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.protocol.delegation.Delegation;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.delegation.InvalidDelegationException;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.id.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Checks signature, payload and delegation of records (wire.md 12, steps 1 to 3). Used by one thread at a time, like
 * the {@link SignatureVerifier}.
 */
public final class RecordVerifier {

    static final byte[] PREIMAGE_PREFIX = "a2al-rec\0".getBytes(StandardCharsets.US_ASCII);

    /** The CBOR head of a map with the six signed fields. */
    static final int SIGNED_FIELDS_HEAD = 0xa6;

    private static final Authority SELF_SIGNED = new Authority.SelfSigned();
    private static final Authority UNPROVEN = new Authority.Unproven();

    private final SignatureVerifier signatures;
    private final boolean trusting;
    private final MessageDigest sha256 = Sha256.newDigest();
    private byte[] preimage = new byte[1200];

    /** Creates a verifier that checks signatures with {@code signatures}. */
    public RecordVerifier(SignatureVerifier signatures) {
        this(signatures, false);
    }

    private RecordVerifier(SignatureVerifier signatures, boolean trusting) {
        this.signatures = signatures;
        this.trusting = trusting;
    }

    /**
     * Returns a verifier that checks neither signatures nor what endpoint records say: for records that were verified
     * before and kept as {@link VerifiedRecord#record()} returns them, whose authority was proven, and which nothing
     * can have changed since. So a record without a proof counts as self-signed.
     */
    public static RecordVerifier trusting() {
        return new RecordVerifier((publicKey, message, from, to, signature, signatureAt) -> true, true);
    }

    /**
     * Checks everything about a record that does not depend on the time. A delegation proof that is invalid is not an
     * error; it makes the record {@link Authority.Unproven}.
     *
     * @throws InvalidRecordException if the signature is invalid or the payload breaks a rule of its type
     */
    public VerifiedRecord verify(SignedRecord record) throws InvalidRecordException {
        if (!trusting && !isSigned(record)) {
            throw new InvalidRecordException(
                    InvalidRecordException.Reason.SIGNATURE,
                    "the record's signature does not match its fields and key");
        }
        NodeId addressId = NodeId.read(sha256.digest(record.address().toArray()), 0);
        Optional<NodeId> contentKey = contentKey(record, addressId);
        if (isSelfSigned(record)) {
            return new VerifiedRecord(record.withoutDelegation(), SELF_SIGNED, addressId, contentKey);
        }
        return new VerifiedRecord(record, delegatedAuthority(record), addressId, contentKey);
    }

    private boolean isSelfSigned(SignedRecord record) {
        if (trusting) {
            return record.delegation().isEmpty();
        }
        Bytes key = record.publicKey();
        return Address.ofKeyDigest(sha256.digest(key.toArray())).equals(record.address());
    }

    private boolean isSigned(SignedRecord record) {
        int length = PREIMAGE_PREFIX.length + record.encodedLength();
        if (preimage.length < length) {
            preimage = new byte[length];
        }
        int signed = record.writePreimage(PREIMAGE_PREFIX, SIGNED_FIELDS_HEAD, preimage);
        return record.verifySignature(signatures, preimage, signed);
    }

    private Authority delegatedAuthority(SignedRecord record) {
        Optional<Bytes> encoded = record.delegation();
        if (encoded.isEmpty()) {
            return UNPROVEN;
        }
        try {
            DelegationProof proof = DelegationProof.decode(encoded.get());
            Delegation delegation = proof.delegation();
            boolean holds = delegation.scope() == Delegation.NETWORK
                    && delegation.operationalKey().equals(record.publicKey())
                    && delegation.agent().equals(record.address())
                    && (trusting || proof.isSigned(signatures));
            return holds ? new Authority.Delegated(delegation.issuedAt(), delegation.expiresAt()) : UNPROVEN;
        } catch (InvalidDelegationException malformed) {
            return UNPROVEN;
        }
    }

    /** Checks the payload if its type has rules, and returns the DHT key that the content names, or nothing. */
    private Optional<NodeId> contentKey(SignedRecord record, NodeId addressId) throws InvalidRecordException {
        if (record.category().isKeyedByAddress()) {
            if (record.type() == RecordType.ENDPOINT && !trusting) {
                EndpointPayload.decode(payloadOf(record));
            }
            return Optional.of(addressId);
        }
        if (record.category() == RecordCategory.MAILBOX) {
            return MailboxEnvelope.recipientKey(record);
        }
        return record.type() == RecordType.TOPIC
                ? Optional.of(
                        Topics.keyOf(TopicPayload.decode(payloadOf(record)).topic()))
                : Optional.empty();
    }

    private static Bytes payloadOf(SignedRecord record) throws InvalidRecordException {
        return record.payload()
                .orElseThrow(() -> new InvalidRecordException(
                        InvalidRecordException.Reason.PAYLOAD,
                        "a record of type " + record.type() + " needs a payload"));
    }
}
