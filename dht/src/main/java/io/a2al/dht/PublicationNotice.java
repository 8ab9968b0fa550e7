package io.a2al.dht;

import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.delegation.InvalidDelegationException;
import io.a2al.protocol.message.ResponseBudget;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Something about a published record that its publisher should know. Immutable; thread-safe. */
public sealed interface PublicationNotice {

    /** The same in a sentence for people. */
    String text();

    /**
     * Nodes of the older generation can store the endpoint record, but not serve it (known-defects D-19). Shorter
     * payloads avoid that, see {@link Agent#roomForOldNodes}; for agents of wallets nothing does.
     *
     * @param bytes length of the record
     * @param limit longest that they can serve
     */
    record OldNodesCannotServe(int bytes, int limit) implements PublicationNotice {

        @Override
        public String text() {
            return "the endpoint record has " + bytes
                    + " bytes; nodes of the older generation cannot serve more than " + limit;
        }
    }

    /**
     * The record is valid for less than the customary hour, because the delegation of its key ends before.
     *
     * @param end the last second of both
     */
    record EndsWithDelegation(Instant end) implements PublicationNotice {

        @Override
        public String text() {
            return "the record is valid until " + end + " only, when the delegation of its key ends";
        }
    }

    /** What there is to know about a record. */
    static List<PublicationNotice> of(SignedRecord record) {
        List<PublicationNotice> notices = new ArrayList<>();
        int limit = ResponseBudget.MAX_LEGACY_ENDPOINT_RECORD;
        if (record.type() == RecordType.ENDPOINT && record.encodedLength() > limit) {
            notices.add(new OldNodesCannotServe(record.encodedLength(), limit));
        }
        long end = record.timestamp() + record.ttl();
        if (record.ttl() < RecordMaker.TTL
                && endOfDelegation(record).filter(at -> at == end).isPresent()) {
            notices.add(new EndsWithDelegation(Instant.ofEpochSecond(end)));
        }
        return List.copyOf(notices);
    }

    private static Optional<Long> endOfDelegation(SignedRecord record) {
        try {
            return record.delegation().isEmpty()
                    ? Optional.empty()
                    : Optional.of(DelegationProof.decode(record.delegation().get())
                            .delegation()
                            .expiresAt());
        } catch (InvalidDelegationException noProof) {
            return Optional.empty();
        }
    }
}
