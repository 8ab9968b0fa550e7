package io.a2al.sim.check;

import io.a2al.core.api.StoredRecord;
import io.a2al.core.store.RecordStore;
import io.a2al.core.store.StoreLimits;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.RecordCategory;
import io.a2al.sim.world.SimNode;
import io.a2al.sim.world.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks the record stores of honest nodes: no key has more records of a category than allowed, every record has a
 * valid signature, and records keyed by address are stored at the key of their address (known-defects D-22, D-26).
 */
final class StoreChecker implements Checker {

    /** Number of nodes checked at each interval. */
    private static final int NODES = 20;

    private record Slot(NodeId key, RecordCategory category) {}

    private final Sample sample = new Sample(NODES);

    @Override
    public String name() {
        return "store";
    }

    @Override
    public void atInterval(World world, Reporter reporter) {
        for (SimNode node : sample.of(world)) {
            RecordStore store = node.core().orElseThrow().store();
            check(world, node, node.settings().store(), store.all(node.now().unixSeconds()), reporter);
        }
    }

    /** Checks the records of one node. */
    void check(World world, SimNode node, StoreLimits limits, List<StoredRecord> kept, Reporter reporter) {
        Map<Slot, Integer> counts = new HashMap<>();
        for (StoredRecord stored : kept) {
            RecordCategory category = stored.record().category();
            boolean keyed = category.isKeyedByAddress();
            NodeId own = NodeId.ofAddress(stored.record().record().address());
            if (keyed && !own.equals(stored.key())) {
                reporter.report("a record of " + own + " is stored at " + stored.key(), node.index());
            }
            if (world.verify(stored.record().record()).isEmpty()) {
                reporter.report("a record at " + stored.key() + " has no valid signature", node.index());
            }
            Slot slot = new Slot(stored.key(), keyed ? RecordCategory.SOVEREIGN : category);
            if (counts.merge(slot, 1, Integer::sum) > limit(limits, category)) {
                reporter.report("more than " + limit(limits, category) + " records at " + stored.key(), node.index());
            }
        }
    }

    private static int limit(StoreLimits limits, RecordCategory category) {
        return switch (category) {
            case SOVEREIGN, UNKNOWN -> limits.addressRecordsPerKey();
            case TOPIC -> limits.topicRecordsPerKey();
            case MAILBOX -> limits.mailboxRecordsPerKey();
        };
    }
}
