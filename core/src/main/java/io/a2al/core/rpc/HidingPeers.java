package io.a2al.core.rpc;

import io.a2al.core.bounds.BoundedMap;
import io.a2al.core.bounds.Occupancy;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;
import java.util.Optional;

/**
 * Which peers hide relayed records: records of an address that another node than the one of this address sent. Nodes of
 * v0.2.9 store such a record and stop returning it two minutes later (known-defects D-48, node.md 18), so that a copy
 * there is no lasting replica. The protocol version does not tell, since {@link PeerVersions} shows our own nodes as
 * newer ones, too; {@link HidingChecks} finds out. Bounded: the least recently used peer is forgotten first. Times in
 * nanoseconds. Not thread-safe.
 */
public final class HidingPeers {

    /** How long a finding counts. A node may be replaced by one of another version with the same identity. */
    private static final long MEMORY = Duration.ofHours(6).toNanos();

    private record Finding(boolean hides, long until) {}

    private final BoundedMap<NodeId, Finding> findings;

    /** Remembers at most {@code capacity} peers. */
    public HidingPeers(int capacity) {
        findings = new BoundedMap<>(capacity);
    }

    /** Returns true if the record is a relayed one when this node sends it. */
    public static boolean isRelayed(VerifiedRecord record, NodeId sender) {
        return record.category().isKeyedByAddress()
                && !NodeId.ofAddress(record.record().address()).equals(sender);
    }

    /** Returns true if the peer hides relayed records, as far as is known. */
    public boolean hides(NodeId peer, long now) {
        return find(peer, now).filter(Finding::hides).isPresent();
    }

    /** Returns true if it is known whether the peer hides relayed records. */
    public boolean isKnown(NodeId peer, long now) {
        return find(peer, now).isPresent();
    }

    /** Notes whether the peer hides relayed records. */
    void note(NodeId peer, boolean hides, long now) {
        findings.put(peer, new Finding(hides, now + MEMORY));
    }

    /** Returns the findings beside their limit, those that no longer count included. */
    Occupancy occupancy() {
        return findings.occupancy();
    }

    private Optional<Finding> find(NodeId peer, long now) {
        return Optional.ofNullable(findings.get(peer)).filter(finding -> finding.until() - now > 0);
    }
}
