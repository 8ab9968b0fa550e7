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

/** A fact about a published record that its publisher should know. Immutable; thread-safe. */
public sealed interface PublicationNotice {

    /** Returns the notice as a sentence. */
    String text();

    /**
     * Nodes of the older protocol version can store the endpoint record, but not serve it (known-defects D-19). A
     * shorter payload avoids that, see {@link Agent#roomForOldNodes}; for agents of wallets nothing does.
     *
     * @param bytes length of the record
     * @param limit longest record that they can serve, in bytes
     */
    record OldNodesCannotServe(int bytes, int limit) implements PublicationNotice {

        @Override
        public String text() {
            return "the endpoint record has " + bytes
                    + " bytes; nodes of the older protocol version cannot serve more than " + limit;
        }
    }

    /**
     * The record is valid for less than the usual hour, because the delegation of its key ends earlier.
     *
     * @param end the last second of both
     */
    record EndsWithDelegation(Instant end) implements PublicationNotice {

        @Override
        public String text() {
            return "the record is valid until " + end + " only, when the delegation of its key ends";
        }
    }

    /** Returns the notices about a record; usually none. */
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
