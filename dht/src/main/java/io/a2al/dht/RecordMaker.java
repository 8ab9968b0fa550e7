package io.a2al.dht;

import io.a2al.dht.result.RefusedException;
import io.a2al.dht.transport.TimeSource;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.delegation.Delegation;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordPayload;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Signs records for the present: gives them numbers and times. Sequence numbers follow the clock, so that they grow
 * across restarts without being kept on disk. Thread-safe.
 */
final class RecordMaker {

    /** Customary time to live of records, in seconds (wire.md 10.2). */
    static final long TTL = 3600;

    /**
     * Replicas whose clocks are a little behind ours must not take our records for future ones (known-defects D-28).
     */
    private static final long TIMESTAMP_LAG = 1;

    private static final long NANOS = 1_000_000_000L;

    /** Notes of all nodes of this process, since an agent may use several of them. */
    private static final AtomicLong LAST_NOTE = new AtomicLong();

    private final TimeSource time;
    private final AtomicLong lastSequence = new AtomicLong();

    RecordMaker(TimeSource time) {
        this.time = time;
    }

    /**
     * A record that is newer than all those made before.
     *
     * @throws InvalidRecordException if the payload is beyond a limit
     * @throws RefusedException if the agent's delegation does not count now
     */
    SignedRecord sign(Agent agent, RecordPayload payload) throws InvalidRecordException {
        long now = time.now().unixSeconds();
        long sequence = lastSequence.updateAndGet(last -> Math.max(last + 1, now));
        // Entries under topics are numbered by nanoseconds (wire.md 10.2).
        long number = payload.recordType() == RecordType.TOPIC ? sequence * NANOS : sequence;
        return agent.newSigner().sign(payload, number, now - TIMESTAMP_LAG, ttl(agent));
    }

    /**
     * A record around a sealed note.
     *
     * @throws RefusedException if the agent's delegation does not count now
     */
    SignedRecord signNote(Agent sender, Bytes sealed) {
        long nanos = time.unixNanos();
        long sequence = LAST_NOTE.updateAndGet(last -> Math.max(last + 1, nanos));
        return sender.newSigner()
                .sign(RecordType.MAILBOX, sealed, sequence, time.now().unixSeconds() - TIMESTAMP_LAG, ttl(sender));
    }

    /**
     * How long a record of the agent's can be valid from now on, in seconds: not longer than its delegation.
     *
     * @throws RefusedException if the delegation does not count now
     */
    long ttl(Agent agent) {
        return agent.delegation()
                .map(proof -> ttl(proof.delegation(), time.now().unixSeconds()))
                .orElse(TTL);
    }

    private static long ttl(Delegation delegation, long now) {
        long end = delegation.expiresAt();
        if (end != 0 && Long.compareUnsigned(end, now) <= 0) {
            throw new RefusedException("the delegation of " + delegation.agent() + " ended at "
                    + Instant.ofEpochSecond(end) + "; have its owner sign a new one");
        }
        if (Long.compareUnsigned(delegation.issuedAt(), now + VerifiedRecord.CLOCK_TOLERANCE) > 0) {
            throw new RefusedException(
                    "the delegation of " + delegation.agent() + " was issued in the future, at Unix time "
                            + Long.toUnsignedString(delegation.issuedAt()) + "; is this machine's clock right?");
        }
        long left = end - (now - TIMESTAMP_LAG);
        return end == 0 || Long.compareUnsigned(left, TTL) > 0 ? TTL : left;
    }
}
