package io.a2al.dht;

import io.a2al.dht.result.RefusedException;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.SignedRecord;

/** Signs the successive records of one publication. Must be thread-safe. */
@FunctionalInterface
interface RecordFactory {

    /**
     * Returns a record of the present time that is newer than all before.
     *
     * @throws InvalidRecordException if its payload exceeds a limit
     * @throws RefusedException if the agent's delegation is not valid now
     */
    SignedRecord next() throws InvalidRecordException;
}
