package io.a2al.dht;

import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.List;

/**
 * What one peer answered when it was asked for records at a key.
 *
 * @param records as they came: well-formed, but anybody can have written them
 * @param verified those whose signature and payload hold; whether they are valid at this time, and whether the signer
 *     may publish them at this key, was not looked at
 * @param nodes the peer's contacts near the key, as they came
 */
public record PeerRecords(List<SignedRecord> records, List<VerifiedRecord> verified, List<Contact> nodes) {

    /** Copies the lists. */
    public PeerRecords {
        records = List.copyOf(records);
        verified = List.copyOf(verified);
        nodes = List.copyOf(nodes);
    }
}
