package io.a2al.dht;

import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.List;

/**
 * One peer's answer to a request for records at a key. Immutable; thread-safe.
 *
 * @param records the records as they came: well-formed, but not verified
 * @param verified those among them whose signature and payload hold; whether they are valid now, and whether the signer
 *     may publish them at this key, was not checked
 * @param nodes the peer's contacts near the key, unchecked
 */
public record PeerRecords(List<SignedRecord> records, List<VerifiedRecord> verified, List<Contact> nodes) {

    /** Copies the lists. */
    public PeerRecords {
        records = List.copyOf(records);
        verified = List.copyOf(verified);
        nodes = List.copyOf(nodes);
    }
}
