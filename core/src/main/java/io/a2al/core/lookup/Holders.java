package io.a2al.core.lookup;

import io.a2al.core.api.Holder;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.RecordOrder;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The nodes that returned records in a lookup, in the order of their answers. Bounded: the first nodes are remembered,
 * and of the records of one node the first and the newest. Not thread-safe.
 */
final class Holders {

    /** Nodes remembered; more than the nearest nodes on several paths. */
    private static final int MAX_HOLDERS = 64;

    /** Records remembered per node; more than an honest node has at a key for one address. */
    private static final int MAX_RECORDS = 16;

    private static final class Held {
        private final Contact node;
        private final List<VerifiedRecord> records = new ArrayList<>(1);
        private VerifiedRecord newest;

        Held(Contact node, VerifiedRecord first) {
            this.node = node;
            this.newest = first;
        }

        void add(VerifiedRecord record) {
            newest = RecordOrder.LISTING.compare(record, newest) > 0 ? record : newest;
            if (records.size() < MAX_RECORDS) {
                records.add(record);
            }
        }
    }

    private final Map<NodeId, Held> byNode = new LinkedHashMap<>();

    void add(Contact node, List<VerifiedRecord> records) {
        for (VerifiedRecord record : records) {
            Held held = byNode.get(node.nodeId());
            if (held == null && byNode.size() < MAX_HOLDERS) {
                held = new Held(node, record);
                byNode.put(node.nodeId(), held);
            }
            if (held != null) {
                held.add(record);
            }
        }
    }

    int size() {
        return byNode.size();
    }

    boolean contains(NodeId node) {
        return byNode.containsKey(node);
    }

    /** Returns the holders, each with whether it returned the newest of the records found. */
    List<Holder> list(List<VerifiedRecord> newestFirst) {
        return byNode.values().stream()
                .map(held -> new Holder(
                        held.node,
                        !newestFirst.isEmpty() && newestFirst.getFirst().equals(held.newest)))
                .toList();
    }

    /** Returns, for each old version returned by a node, the newest version in its slot. */
    List<Outdated> outdated(Merged merged) {
        List<Outdated> outdated = new ArrayList<>();
        for (Held held : byNode.values()) {
            for (VerifiedRecord record : held.records) {
                merged.sameSlot(record)
                        .filter(newest -> RecordOrder.isNewer(newest, record))
                        .ifPresent(newest -> outdated.add(new Outdated(held.node, newest)));
            }
        }
        return outdated;
    }
}
