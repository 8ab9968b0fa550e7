package io.a2al.core.shell;

import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.VerifiedRecord;
import org.jspecify.annotations.Nullable;

/**
 * Verifies records, and knows those verified lately: each holder that a lookup asks returns the same record, and each
 * replica is stored again. A record is known if all of its bytes are equal. Not thread-safe.
 *
 * <p>Each record has one place, which depends on its bytes and is taken by the next record that has it. So records that
 * are made to have the same place displace each other, and cost what they would without this class.
 */
final class KnownRecords {

    /** A power of two; several times the records of a full topic. */
    private static final int PLACES = 512;

    private final RecordVerifier verifier;
    private final @Nullable Known[] places = new Known[PLACES];

    private record Known(SignedRecord received, VerifiedRecord verified) {}

    /** No record is known. */
    KnownRecords(RecordVerifier verifier) {
        this.verifier = verifier;
    }

    /**
     * Returns the verified record.
     *
     * @throws InvalidRecordException if the record does not pass; such a record is not remembered
     */
    VerifiedRecord verify(SignedRecord record) throws InvalidRecordException {
        int hash = record.hashCode();
        int place = (hash ^ hash >>> 16) & PLACES - 1;
        Known known = places[place];
        if (known != null && known.received.equals(record)) {
            return known.verified;
        }
        VerifiedRecord passed = verifier.verify(record);
        places[place] = new Known(record, passed);
        return passed;
    }
}
