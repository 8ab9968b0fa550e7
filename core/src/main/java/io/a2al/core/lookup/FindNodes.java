package io.a2al.core.lookup;

import io.a2al.core.api.Holder;
import io.a2al.core.routing.RoutingTable;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.List;
import java.util.function.Predicate;

/** Finds the nearest nodes that answer; ignores records. Immutable; thread-safe. */
public final class FindNodes implements Goal {

    /** Nodes beyond the K nearest, so that those hear of a newcomer which has the newcomer among their K nearest. */
    private static final int NODES_AROUND = RoutingTable.K / 2;

    private final boolean thorough;
    private final int width;
    private final boolean vicinity;
    private final Predicate<NodeId> admitted;
    private final List<Contact> seeds;

    /** A goal that wants all of the nearest nodes. */
    public FindNodes() {
        this(true, RoutingTable.K, false);
    }

    private FindNodes(boolean thorough, int width, boolean vicinity) {
        this(thorough, width, vicinity, node -> true, List.of());
    }

    private FindNodes(boolean thorough, int width, boolean vicinity, Predicate<NodeId> admitted, List<Contact> seeds) {
        this.thorough = thorough;
        this.width = width;
        this.vicinity = vicinity;
        this.admitted = admitted;
        this.seeds = seeds;
    }

    /** Returns a goal that wants all of the nodes that are to hold a record. */
    public static FindNodes forRecord() {
        return new FindNodes(true, RoutingTable.K, true);
    }

    /**
     * Returns a goal that wants all of the nearest nodes that share at most so many leading bits with a key.
     *
     * @param seeds nodes to begin with, beside those that the node itself knows
     */
    static FindNodes beside(NodeId key, int bits, List<Contact> seeds) {
        return new FindNodes(true, RoutingTable.K, false, node -> key.commonPrefixLength(node) <= bits, seeds);
    }

    /** Returns a goal that wants all of the nearest nodes and some around them. */
    static FindNodes neighbours() {
        return new FindNodes(true, RoutingTable.K + NODES_AROUND, false);
    }

    /** Returns a goal that wants some nodes near the target, whichever, and asks no node twice for them. */
    public static FindNodes cursory() {
        return new FindNodes(false, RoutingTable.K, false);
    }

    @Override
    public boolean onRecords(long now, Contact from, List<VerifiedRecord> records) {
        // FIND_NODE answers carry none.
        return false;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public boolean wantsAllNodes() {
        return thorough;
    }

    @Override
    public List<Contact> seeds() {
        return seeds;
    }

    @Override
    public boolean admits(NodeId node) {
        return admitted.test(node);
    }

    @Override
    public boolean wantsVicinity() {
        return vicinity;
    }

    @Override
    public List<VerifiedRecord> records() {
        return List.of();
    }

    @Override
    public List<Holder> holders() {
        return List.of();
    }
}
