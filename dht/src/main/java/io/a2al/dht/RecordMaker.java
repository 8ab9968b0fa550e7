package io.a2al.dht;

import io.a2al.dht.result.RefusedException;
import io.a2al.dht.shell.SequenceNumbers;
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
 * Signs records of the present time. Thread-safe.
 */
final class RecordMaker {

    /** Usual time to live of records, in seconds (wire.md 10.2). */
    static final long TTL = 3600;

    /**
     * Seconds by which timestamps are set back, so that replicas whose clocks are slightly behind do not take a record
     * to be from the future (known-defects D-28).
     */
    private static final long TIMESTAMP_LAG = 1;

    private static final long NANOS = 1_000_000_000L;

    /** The last number of a note of any node in this process, as an agent may use several nodes. */
    private static final AtomicLong LAST_NOTE = new AtomicLong();

    private final TimeSource time;
    private final SequenceNumbers numbers;

    RecordMaker(TimeSource time, SequenceNumbers numbers) {
        this.time = time;
        this.numbers = numbers;
    }

    /**
     * Returns a signed record that is newer than all before.
     *
     * @throws InvalidRecordException if the payload exceeds a limit
     * @throws RefusedException if the agent's delegation is not valid now
     */
    SignedRecord sign(Agent agent, RecordPayload payload) throws InvalidRecordException {
        long now = time.now().unixSeconds();
        long sequence = numbers.next(now);
        // Entries under topics are numbered by nanoseconds (wire.md 10.2).
        long number = payload.recordType() == RecordType.TOPIC ? sequence * NANOS : sequence;
        return agent.newSigner().sign(payload, number, now - TIMESTAMP_LAG, ttl(agent));
    }

    /**
     * Returns a signed record that contains a sealed note.
     *
     * @throws RefusedException if the agent's delegation is not valid now
     */
    SignedRecord signNote(Agent sender, Bytes sealed) {
        long nanos = time.unixNanos();
        long sequence = LAST_NOTE.updateAndGet(last -> Math.max(last + 1, nanos));
        return sender.newSigner()
                .sign(RecordType.MAILBOX, sealed, sequence, time.now().unixSeconds() - TIMESTAMP_LAG, ttl(sender));
    }

    /**
     * Returns the time to live of a record that the agent signs now, in seconds: not longer than its delegation.
     *
     * @throws RefusedException if the delegation is not valid now
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
                            + Long.toUnsignedString(delegation.issuedAt()) + "; check this machine's clock");
        }
        long left = end - (now - TIMESTAMP_LAG);
        return end == 0 || Long.compareUnsigned(left, TTL) > 0 ? TTL : left;
    }
}
