package io.a2al.dht;

import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.SignedRecord;

/** Signs the successive records of one publication. Must be thread-safe. */
@FunctionalInterface
interface RecordFactory {

    /**
     * A record that is newer than those made before.
     *
     * @param unixSeconds the present time
     */
    SignedRecord next(long unixSeconds) throws InvalidRecordException;
}
