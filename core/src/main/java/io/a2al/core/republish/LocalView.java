package io.a2al.core.republish;

import io.a2al.core.api.StoredRecord;
import io.a2al.core.guard.SubnetShare;
import io.a2al.core.liveness.PeerHealth;
import io.a2al.core.routing.KeyDensity;
import io.a2al.core.routing.RoutingTable;
import io.a2al.core.rpc.HidingChecks;
import io.a2al.core.store.RecordStore;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.List;

/** What {@link Republisher} sees of its node: the record store and the routing table. Not thread-safe. */
public final class LocalView implements Republisher.Surroundings {

    /** Contacts looked at per key, nearest first: enough to find {@code K} of different networks in most tables. */
    private static final int CANDIDATES = 4 * RoutingTable.K;

    private final RecordStore store;
    private final RoutingTable table;
    private final PeerHealth health;
    private final SubnetShare subnets;
    private final OwnPublications own;
    private final HidingChecks hiding;
    private final KnownVicinity vicinities;

    /**
     * A view of these parts.
     *
     * @param subnets how many of the nodes nearest to a key may be in one network, as long as there are others
     * @param density when a key looks surrounded
     */
    public LocalView(
            RecordStore store,
            RoutingTable table,
            PeerHealth health,
            SubnetShare subnets,
            OwnPublications own,
            HidingChecks hiding,
            KeyDensity density) {
        this.store = store;
        this.table = table;
        this.health = health;
        this.subnets = subnets;
        this.own = own;
        this.hiding = hiding;
        this.vicinities = new KnownVicinity(table, contact -> health.failures(contact.nodeId()) == 0, subnets, density);
    }

    /**
     * Leaves out nodes that did not answer their last request: if such a node is gone, no node would republish the
     * records that it seems to be the nearest to.
     */
    @Override
    public List<Contact> nearest(NodeId key, int count) {
        List<Contact> known = table.nearest(key, CANDIDATES, contact -> health.failures(contact.nodeId()) == 0);
        return subnets.diverseFirst(known).stream().limit(count).toList();
    }

    @Override
    public List<Contact> vicinity(NodeId key) {
        return vicinities.of(key);
    }

    @Override
    public boolean hasAnsweredSince(NodeId node, long since) {
        return table.isVerifiedSince(node, since);
    }

    @Override
    public boolean hides(VerifiedRecord record, NodeId node, long now) {
        return hiding.hides(record, node, now);
    }

    /**
     * Leaves out records of unverified origin: handed on, they would count for our own network elsewhere, and a flood
     * from forged addresses would take the places that we answer for. They are kept briefly anyway.
     */
    @Override
    public List<VerifiedRecord> held(NodeId key, long unixSeconds) {
        return store.at(key, unixSeconds).stream()
                .filter(stored -> stored.origin().isProven())
                .map(StoredRecord::record)
                .filter(record -> !own.isPublished(key, record))
                .toList();
    }

    @Override
    public List<NodeId> keys() {
        return store.keyList();
    }
}
