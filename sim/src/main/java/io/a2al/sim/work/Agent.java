package io.a2al.sim.work;

import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.sim.crypto.SimKeys;
import io.a2al.sim.world.SimNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An agent that publishes a record, with the ground truth about it: every version that the agent has signed, and
 * whether the network has confirmed to store it. Not thread-safe.
 */
public final class Agent {

    /**
     * Seconds by which timestamps are before the clock, as in production, so that replicas whose clocks are behind
     * accept the record (known-defects D-28).
     */
    private static final long TIMESTAMP_LAG = 1;

    /** One version of the record. */
    private static final class Version {
        private final VerifiedRecord record;
        private boolean stored;

        Version(VerifiedRecord record) {
            this.record = record;
        }
    }

    private final int number;
    private final SimKeys keys;
    private final SimNode home;
    private final List<Version> versions = new ArrayList<>();

    Agent(int number, SimKeys keys, SimNode home) {
        this.number = number;
        this.keys = keys;
        this.home = home;
    }

    /** Returns the number of this agent, which is also its rank in popularity; 0 is the most popular. */
    public int number() {
        return number;
    }

    /** Returns the address of this agent. */
    public Address address() {
        return keys.address();
    }

    /** Returns the node that publishes for this agent. */
    public SimNode home() {
        return home;
    }

    /** Returns the key of this agent's record. */
    public NodeId key() {
        return keys.nodeId();
    }

    /** Signs a version of the record that is newer than all previous ones. */
    public VerifiedRecord signNext(long ttlSeconds) {
        long now = home.now().unixSeconds();
        long sequence = Math.max(
                now, latest().map(record -> record.record().sequence() + 1).orElse(0L));
        String url = String.format(Locale.ROOT, "quic://agent-%d.example:4433", number);
        try {
            SignedRecord signed = RecordSigner.self(keys.signer())
                    .sign(EndpointPayload.of(List.of(url)), sequence, now - TIMESTAMP_LAG, ttlSeconds);
            VerifiedRecord record = home.world().verify(signed).orElseThrow();
            versions.add(new Version(record));
            return record;
        } catch (InvalidRecordException e) {
            throw new IllegalStateException("record rejected although its payload fits", e);
        }
    }

    /** Records that the network has confirmed to store a version. */
    void markStored(VerifiedRecord record) {
        versions.stream().filter(version -> version.record.equals(record)).forEach(version -> version.stored = true);
    }

    /** Returns the version signed last, if any. */
    public Optional<VerifiedRecord> latest() {
        return versions.isEmpty() ? Optional.empty() : Optional.of(versions.getLast().record);
    }

    /**
     * Returns the newest version that the network has confirmed to store, which lookups have to find; empty if there is
     * none or it is no longer valid at {@code unixSeconds}.
     */
    public Optional<VerifiedRecord> expectedAt(long unixSeconds) {
        for (Version version : versions.reversed()) {
            if (version.stored) {
                return Optional.of(version.record).filter(record -> record.isValidAt(unixSeconds));
            }
        }
        return Optional.empty();
    }

    /** Returns true if this agent signed the record. */
    public boolean hasSigned(SignedRecord record) {
        return versions.stream().anyMatch(version -> version.record.record().equals(record));
    }
}
