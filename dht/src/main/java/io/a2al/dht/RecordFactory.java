package io.a2al.dht;

import io.a2al.dht.result.RefusedException;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.SignedRecord;

/** Signs the successive records of one publication. Must be thread-safe. */
@FunctionalInterface
interface RecordFactory {

    /**
     * A record of the present time that is newer than those made before.
     *
     * @throws InvalidRecordException if what it says is beyond a limit
     * @throws RefusedException if its agent may not say anything now
     */
    SignedRecord next() throws InvalidRecordException;
}
