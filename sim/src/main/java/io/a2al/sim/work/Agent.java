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
 * An agent with a record to publish, and what is true about it: every version that it ever signed, and when each was
 * known to be stored. Not thread-safe.
 */
public final class Agent {

    /** As publishers do, so that replicas whose clocks are behind take the record (known-defects D-28). */
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

    /** Its number, which is also the rank of its popularity. */
    public int number() {
        return number;
    }

    /** Its address. */
    public Address address() {
        return keys.address();
    }

    /** The node that publishes for it. */
    public SimNode home() {
        return home;
    }

    /** Where its record lives. */
    public NodeId key() {
        return keys.nodeId();
    }

    /** Signs a version that is newer than all before. */
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
            throw new IllegalStateException("the payload is short", e);
        }
    }

    /** The network has confirmed to hold this version. */
    void noteStored(VerifiedRecord record) {
        versions.stream().filter(version -> version.record.equals(record)).forEach(version -> version.stored = true);
    }

    /** The version signed last. */
    public Optional<VerifiedRecord> latest() {
        return versions.isEmpty() ? Optional.empty() : Optional.of(versions.getLast().record);
    }

    /** The newest version that the network has confirmed to hold, if that is still valid at {@code unixSeconds}. */
    public Optional<VerifiedRecord> expectedAt(long unixSeconds) {
        for (Version version : versions.reversed()) {
            if (version.stored) {
                return Optional.of(version.record).filter(record -> record.isValidAt(unixSeconds));
            }
        }
        return Optional.empty();
    }

    /** True if the agent signed this. */
    public boolean hasSigned(SignedRecord record) {
        return versions.stream().anyMatch(version -> version.record.record().equals(record));
    }
}
